package io.centurions.story.chapter;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.story.tell.Broken;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The deal gets a contract, it is signed at Autentique, the deal is won and the lead is told. */
final class SignContract {

    private static final long VALUE_CENTS = 350_000;

    private final Stage stage;
    private final TheirChat chat;
    private final String who;
    private final String lead;

    SignContract(Stage stage, TheirChat chat, String who, String lead) {
        this.stage = stage;
        this.chat = chat;
        this.who = who;
        this.lead = lead;
    }

    void play(String deal) {
        price(deal);
        String contract = create(deal);
        String document = sent(contract);
        sign(contract, document);
        won(deal, contract);
        told();
    }

    private void price(String deal) {
        stage.teller().step("the owner sets the deal's value", notes -> {
            JsonNode changed = stage.owner().changeDeal(stage.set().id(), deal, Map.of("valueCents", VALUE_CENTS));
            notes.note("valueCents", changed.path("valueCents").asLong());
            return changed;
        });
    }

    private String create(String deal) {
        return stage.teller().step("a contract is made from the template", notes -> {
            Map<String, Object> asked = Map.of(
                    "templateId", stage.set().template(),
                    "fields", Map.of("nome", "Maria da Silva", "servico", "Implante", "valor", "R$ 3.500,00"),
                    "signers",
                            List.of(Map.of(
                                    "name",
                                    "Maria da Silva",
                                    "email",
                                    stage.script().email(),
                                    "delivery",
                                    "email")));
            String id = stage.owner()
                    .createContract(stage.set().id(), deal, asked)
                    .path("id")
                    .asText();
            notes.note("contract", id);
            return id;
        });
    }

    private String sent(String contract) {
        return stage.teller().step("it is sent through Autentique", notes -> {
            JsonNode sent = reaches(contract, "sent");
            notes.note("document", sent.path("documentId").asText());
            return sent.path("documentId").asText();
        });
    }

    private void sign(String contract, String document) {
        stage.teller().step(who + " signs, the contract is signed", notes -> {
            stage.outside().sign(document);
            return reaches(contract, "signed");
        });
    }

    private JsonNode reaches(String contract, String status) {
        return stage.patience()
                .until(
                        "contract " + contract + " " + status,
                        () -> Optional.of(stage.owner().contract(stage.set().id(), contract))
                                .filter(seen -> seen.path("status").asText().equals(status)));
    }

    private void won(String deal, String contract) {
        stage.teller().step("the deal is won", notes -> {
            JsonNode won = stage.patience()
                    .until(
                            "deal " + deal + " won",
                            () -> Optional.of(stage.owner().deal(stage.set().id(), deal))
                                    .filter(seen -> seen.path("status").asText().equals("won")));
            notes.note("deal", deal);
            Broken.unless(
                    won.path("contractId").asText().equals(contract), "the deal should name its contract: " + won);
            return won;
        });
    }

    private void told() {
        stage.teller().step(who + " is told in the same chat", notes -> {
            String notice = stage.patience()
                    .until("notice to " + who, () -> notice())
                    .path("text")
                    .asText();
            chat.until(notice);
            notes.note("text", "\"" + notice + "\"");
            return notice;
        });
    }

    private Optional<JsonNode> notice() {
        String conversation = chat.conversation(stage.owner().lead(stage.set().id(), lead));
        return chat.sent(conversation).stream()
                .filter(message -> message.path("purpose").asText().equals("notice"))
                .findFirst();
    }
}
