package io.centurions.chaos.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets up a company as its owner would: a Centurion with two questions, three channels, a pixel, a form, a contract template. */
public final class SetUpCompany {

    /** What the Centurion has to find out; a lead who answers both is qualified. */
    public static final int QUESTIONS = 2;

    private final Backoffice backoffice;
    private final int number;
    private final String run;

    /** @param run tells this run's companies from those of another on the same data */
    SetUpCompany(Backoffice backoffice, int number, String run) {
        this.backoffice = backoffice;
        this.number = number;
        this.run = run;
    }

    Company make() {
        String id =
                create("/v1/companies", "company", Map.of("name", "Caos " + number, "slug", "caos_" + run + number));
        String path = "/v1/companies/" + id;
        String centurion = create(path + "/centurions", "centurion", Map.of("name", "Bia", "config", config()));
        backoffice.publish(id, centurion);
        Map<String, String> accounts = new LinkedHashMap<>();
        accounts.put("whatsapp", connect(id, centurion, "whatsapp", Map.of()));
        String bot = Long.toString(900_000_000L + number);
        accounts.put("telegram", connect(id, centurion, "telegram", Map.of("accessToken", bot + ":chaos")));
        String account = "1784140000000" + (1000 + number);
        accounts.put(
                "instagram",
                connect(id, centurion, "instagram", Map.of("account", account, "accessToken", "ig-" + account)));
        String dataset = "90000000000" + (1000 + number);
        create(
                path + "/pixels",
                "pixel",
                Map.of("datasetId", dataset, "wabaId", "2" + dataset, "pageId", "3" + dataset));
        String form = "caos-" + run + number;
        create(path + "/lead-forms", "form", Map.of("name", "Site", "key", form));
        String template = create(
                path + "/contract-templates",
                "template",
                Map.of("name", "Contrato do caos", "body", "CONTRATO\n\nContratante: {{nome}}\n"));
        return new Company(id, accounts, form, template);
    }

    private String create(String path, String key, Map<String, Object> body) {
        return backoffice.create(path, run + number + key, body).path("id").asText();
    }

    private String connect(String company, String centurion, String kind, Map<String, Object> more) {
        Map<String, Object> channel =
                new LinkedHashMap<>(Map.of("channel", kind, "name", kind, "centurionId", centurion));
        channel.putAll(more);
        String id = create("/v1/companies/" + company + "/channels", kind, channel);
        JsonNode connected = Patience.until(
                kind + " of company " + number + " connected",
                Duration.ofSeconds(45),
                () -> Optional.of(backoffice.channel(company, id))
                        .filter(seen -> seen.path("status").asText().equals("connected")));
        return connected.path("account").asText();
    }

    private static Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("prompt", "Você é a Bia, recepcionista de uma clínica. Uma pergunta por vez.");
        config.put("language", "pt-BR");
        config.put(
                "criteria",
                List.of(
                        criterion("tratamento", "Qual tratamento você procura?"),
                        criterion("inicio", "Quando você gostaria de começar?")));
        config.put("qualifyAt", 70);
        config.put("debounce", Map.of("quietMs", 1_500, "longestMs", 6_000));
        config.put("pace", Map.of("charsPerSecond", 200, "shortestMs", 100, "longestMs", 300));
        return config;
    }

    private static Map<String, Object> criterion(String key, String question) {
        return Map.of("key", key, "question", question, "weight", 100 / QUESTIONS, "required", true);
    }
}
