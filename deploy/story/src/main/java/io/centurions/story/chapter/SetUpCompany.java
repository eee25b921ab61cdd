package io.centurions.story.chapter;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.story.tell.Broken;
import io.centurions.story.tell.Patience;
import io.centurions.story.tell.Teller;
import io.centurions.story.world.Backoffice;
import io.centurions.story.world.Outside;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The owner signs in and sets up a company with a Centurion, its channels, a pixel, a form and a contract template. */
public final class SetUpCompany {

    private final Teller teller;
    private final Script script;
    private final Patience patience;
    private final String backoffice;
    private final Outside outside;
    private Backoffice owner;

    public SetUpCompany(Teller teller, Script script, Patience patience, String backoffice, Outside outside) {
        this.teller = teller;
        this.script = script;
        this.patience = patience;
        this.backoffice = backoffice;
        this.outside = outside;
    }

    public Stage play() {
        owner = teller.step(
                "the owner signs in",
                notes -> Backoffice.at(backoffice, outside.signIn("owner@centurions.test", "owner")));
        JsonNode company = createCompany();
        String id = company.path("id").asText();
        String centurion = configureCenturion(id);
        String whatsapp = connectWhatsapp(id, centurion);
        String telegram = connectTelegram(id, centurion);
        String instagram = connectInstagram(id, centurion);
        String dataset = addPixel(id);
        String form = addForm(id);
        String template = addTemplate(id);
        var set = new Stage.Company(
                id, company.path("schemaName").asText(), whatsapp, telegram, instagram, dataset, form, template);
        return new Stage(teller, script, patience, owner, Backoffice.anonymous(backoffice), outside, set);
    }

    private JsonNode createCompany() {
        return teller.step("creates a company, its schema is cloned from the template", notes -> {
            JsonNode company = owner.createCompany("Clínica História " + script.run(), script.slug());
            notes.note("company", company.path("id").asText());
            notes.note("schema", company.path("schemaName").asText());
            Broken.unless(company.path("status").asText().equals("active"), "the company should be active: " + company);
            Broken.unless(
                    company.path("schemaName").asText().equals("empresa_" + script.slug()),
                    "the schema should be named after the slug: " + company);
            return company;
        });
    }

    private String configureCenturion(String company) {
        return teller.step("configures a Centurion and publishes it", notes -> {
            String id = owner.createCenturion(company, "Bia", script.centurion())
                    .path("id")
                    .asText();
            JsonNode published = owner.publish(company, id);
            notes.note("centurion", id);
            notes.note("version", published.path("publishedVersion").asInt());
            Broken.unless(
                    published.path("publishedVersion").asInt() == 1, "version 1 should be published: " + published);
            return id;
        });
    }

    private String connectWhatsapp(String company, String centurion) {
        JsonNode created = createInstance(company, centurion);
        String id = created.path("id").asText();
        seeQrCode(company, id);
        teller.step(
                "it is scanned and connects",
                notes -> patience.until(
                        "connected instance",
                        () -> Optional.of(owner.channel(company, id))
                                .filter(seen -> seen.path("status").asText().equals("connected"))));
        return created.path("account").asText();
    }

    private JsonNode createInstance(String company, String centurion) {
        return teller.step("creates a WhatsApp instance, its webhook is registered with a secret header", notes -> {
            JsonNode channel = owner.createChannel(
                    company, Map.of("channel", "whatsapp", "name", "Recepção", "centurionId", centurion));
            String account = channel.path("account").asText();
            JsonNode webhook = patience.until(
                    "webhook of " + account + " at Evolution",
                    () -> Optional.of(outside.webhookAtEvolution(account))
                            .filter(found -> found.path("url")
                                    .asText()
                                    .endsWith("/webhooks/evolution/"
                                            + channel.path("id").asText())));
            notes.note("instance", channel.path("id").asText());
            notes.note("webhook", webhook.path("url").asText());
            Broken.unless(
                    webhook.path("headers").has("X-Centurions-Webhook-Secret"),
                    "the webhook should carry the instance's secret header");
            return channel;
        });
    }

    private void seeQrCode(String company, String id) {
        teller.step("gets a QR code", notes -> {
            JsonNode channel = patience.until(
                    "QR code",
                    () -> Optional.of(owner.channel(company, id))
                            .filter(seen -> seen.path("qr").hasNonNull("base64")
                                    || seen.path("status").asText().equals("connected")));
            notes.note("status", channel.path("status").asText());
            notes.note("qr", channel.path("qr").path("base64").asText().length() + " characters");
            Broken.unless(
                    channel.path("qr").path("base64").asText().startsWith("data:image/"),
                    "the QR code should be a picture: " + channel);
            return channel;
        });
    }

    private String connectTelegram(String company, String centurion) {
        return teller.step(
                "connects a Telegram bot",
                notes -> connect(
                        company,
                        Map.of(
                                "channel",
                                "telegram",
                                "name",
                                "Bot",
                                "centurionId",
                                centurion,
                                "accessToken",
                                script.number("bot") + ":historia"),
                        notes::note));
    }

    private String connectInstagram(String company, String centurion) {
        Map<String, Object> channel = Map.of(
                "channel",
                "instagram",
                "name",
                "Perfil",
                "centurionId",
                centurion,
                "account",
                script.number("account"),
                "accessToken",
                "ig-" + script.number("account"));
        return teller.step("connects an Instagram account", notes -> connect(company, channel, notes::note));
    }

    private String connect(
            String company, Map<String, Object> channel, java.util.function.BiConsumer<String, Object> note) {
        JsonNode created = owner.createChannel(company, channel);
        note.accept("instance", created.path("id").asText());
        JsonNode connected = patience.until(
                "connected " + channel.get("channel"),
                () -> Optional.of(owner.channel(company, created.path("id").asText()))
                        .filter(seen -> seen.path("status").asText().equals("connected")));
        return connected.path("account").asText();
    }

    private String addPixel(String company) {
        return teller.step("adds the Meta dataset", notes -> {
            String dataset = script.number("dataset");
            owner.createPixel(company, Map.of("datasetId", dataset, "wabaId", "2" + dataset, "pageId", "3" + dataset));
            notes.note("dataset", dataset);
            return dataset;
        });
    }

    private String addForm(String company) {
        return teller.step("adds a lead form", notes -> {
            String key = owner.createForm(company, Map.of("name", "Site"))
                    .path("key")
                    .asText();
            notes.note("form", key);
            return key;
        });
    }

    private String addTemplate(String company) {
        return teller.step("writes a contract template", notes -> {
            Map<String, Object> template = new LinkedHashMap<>();
            template.put("name", "Prestação de serviços");
            template.put("body", "CONTRATO\n\nContratante: {{nome}}\nServiço: {{servico}}\nValor: {{valor}}\n");
            String id = owner.createTemplate(company, template).path("id").asText();
            notes.note("template", id);
            return id;
        });
    }
}
