package io.centurions.capi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.capi.identity.Person;
import io.centurions.capi.mapping.Click;
import io.centurions.capi.mapping.Lead;
import io.centurions.capi.mapping.Pixel;
import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.lead.LeadSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Captured exchanges with Meta, and leads as they are told of. */
public final class Fixtures {

    public static final String CLICK = "ARA0demo-ClickId_0001-abcdefghijklmnopqrstuvwxyz";
    public static final Pixel WITH_WABA = new Pixel("d-1", "200000000000002", "p-9", null, null);
    public static final Pixel WITH_PAGE = new Pixel("d-1", null, "p-9", null, null);
    public static final Pixel BARE = new Pixel("d-1", null, null, null, null);

    private static final ObjectMapper JSON = new ObjectMapper();

    private Fixtures() {}

    public static JsonNode meta(String name) {
        return json(text(name));
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException("not JSON", e);
        }
    }

    public static String text(String name) {
        try (var in = Fixtures.class.getResourceAsStream("/meta-capi/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + name, e);
        }
    }

    public static Lead lead(LeadSource source, Click click) {
        return new Lead(
                LeadId.parse("0199a1b2-c3d4-7001-8a00-000000000001"),
                source,
                new Person("Maria da Silva", "+55 (11) 98888-7777", " Maria.Teste@Cliente.Example "),
                click,
                Instant.ofEpochMilli(1_795_162_300_000L));
    }

    public static Click adClick() {
        return new Click(CLICK, null, null, null, null, null, null);
    }

    public static Click formClick(String pageUrl, String userAgent) {
        return new Click(null, "IwAR0demo", null, "fb.1.1795000000000.123456789", pageUrl, "192.0.2.10", userAgent);
    }
}
