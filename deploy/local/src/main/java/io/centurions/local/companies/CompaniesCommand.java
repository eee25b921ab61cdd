package io.centurions.local.companies;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.local.api.Http;
import io.centurions.local.place.Trouble;
import io.centurions.local.show.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Makes, migrates and shows companies' schemas. */
public final class CompaniesCommand {

    private static final String MIGRATIONS = "/v1/fleet-migrations";
    private static final long LOOK_MILLIS = 500;

    private final Http api;
    private final Consumer<String> say;

    public CompaniesCommand(Http api, Consumer<String> say) {
        this.api = api;
        this.say = say;
    }

    /**
     * Ends with 0 when all that was asked about is well: a migration finished and nobody behind the template
     * since, a company active or taken back.
     */
    public int run(CompaniesWords asked) {
        return switch (asked.act()) {
            case STATUS -> asked.company().map(this::making).orElseGet(() -> told(last()));
            case MIGRATE -> follow(api.post(MIGRATIONS, wanted(asked)));
            case RETRY -> follow(api.post(MIGRATIONS + "/" + id(last()) + "/retry", Map.of()));
            case HALT -> told(api.post(MIGRATIONS + "/" + id(last()) + "/halt", Map.of()));
            case PROVISION -> provision(asked.company().orElseThrow());
            case UNDO -> undo(asked.company().orElseThrow());
        };
    }

    private static Map<String, Object> wanted(CompaniesWords asked) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        asked.company().ifPresent(canary -> wanted.put("canaryCompanyId", canary.toString()));
        asked.atOnce().ifPresent(number -> wanted.put("atOnce", number));
        return wanted;
    }

    private JsonNode last() {
        JsonNode items = api.get(MIGRATIONS + "?limit=1").path("items");
        if (items.isEmpty()) {
            throw new Trouble("there was no migration yet: ./fleet companies migrate");
        }
        return items.get(0);
    }

    // Each change is a line, so that a log of it can be read afterwards.
    private int follow(JsonNode migration) {
        JsonNode now = migration;
        String said = "";
        while (isOpen(now) && pause()) {
            if (!line(now).equals(said)) {
                said = line(now);
                say.accept(said);
            }
            now = seen(id(now));
        }
        return told(now);
    }

    // Whoever watches is not who migrates: another replica has taken it over, or does so when one is back.
    private JsonNode seen(String migration) {
        try {
            return api.get(MIGRATIONS + "/" + migration);
        } catch (Trouble lost) {
            throw new Trouble(
                    lost.getMessage() + "\nthe migration goes on without us, in another replica of backoffice-api or"
                            + " when one is back; to see how far it is: ./fleet companies status",
                    lost);
        }
    }

    private int told(JsonNode migration) {
        say.accept(line(migration));
        if (migration.path("quarantined").asInt() > 0) {
            tellSetAside(id(migration));
        }
        boolean outrun = isOutrun(migration);
        if (outrun) {
            say.accept("  the template is at version %d by now, %d companies are behind it: ./fleet companies migrate"
                    .formatted(
                            migration.path("newestVersion").asInt(),
                            migration.path("behindNewest").asInt()));
        }
        return migration.path("state").asText().equals("finished") && !outrun ? 0 : 1;
    }

    // One at a time: as long as this one is open, or may be gone on with, the next cannot or need not begin.
    private static boolean isOutrun(JsonNode migration) {
        return !isOpen(migration)
                && migration.path("newestVersion").asInt()
                        > migration.path("targetVersion").asInt()
                && migration.path("behindNewest").asInt() > 0;
    }

    private void tellSetAside(String migration) {
        Table table = new Table().row("company", "slug", "SQLSTATE", "why");
        JsonNode page = api.get(MIGRATIONS + "/" + migration + "/companies?state=quarantined&limit=200");
        for (JsonNode one : page.path("items")) {
            String company = one.path("companyId").asText();
            table.row(
                    company,
                    slug(company, one.path("ofProbe").asBoolean()),
                    one.path("sqlState").asText(),
                    one.path("reason").asText());
        }
        table.lines().forEach(say);
        if (page.hasNonNull("nextCursor")) {
            say.accept("  and more: mend what these have in common, then retry");
        }
    }

    // For the people of the holding there is no company of the probe to ask about.
    private String slug(String company, boolean ofProbe) {
        return ofProbe
                ? "(isolation probe)"
                : api.get("/v1/companies/" + company).path("slug").asText();
    }

    private static String line(JsonNode migration) {
        String line = "  %s: %d of %d companies at template version %d, %d set aside"
                .formatted(
                        migration.path("state").asText(),
                        migration.path("migrated").asInt(),
                        migration.path("companies").asInt(),
                        migration.path("targetVersion").asInt(),
                        migration.path("quarantined").asInt());
        int ofProbe = migration.path("quarantinedOfProbe").asInt();
        if (ofProbe > 0) {
            line += ", %d of them of the isolation probe, whose companies are not among the %d"
                    .formatted(ofProbe, migration.path("companies").asInt());
        }
        return migration.hasNonNull("reason")
                ? line + " (" + migration.path("reason").asText() + ")"
                : line;
    }

    private int making(UUID company) {
        return told(company, api.get(path(company) + "/provisioning"), "done");
    }

    private int provision(UUID company) {
        api.post(path(company) + "/provision", Map.of());
        return making(company);
    }

    private int undo(UUID company) {
        int seen = api.get(path(company) + "/provisioning").path("version").asInt();
        return told(company, api.deleteSeen(path(company) + "/provisioning", seen), "undone");
    }

    private int told(UUID company, JsonNode making, String well) {
        Table table = new Table().row("step", "state", "attempts", "why");
        for (JsonNode step : making.path("steps")) {
            table.row(
                    step.path("step").asText(),
                    step.path("state").asText(),
                    step.path("attempts").asText(),
                    step.path("reason").asText(""));
        }
        say.accept("  " + company + ": " + making.path("state").asText());
        table.lines().forEach(say);
        return making.path("state").asText().equals(well) ? 0 : 1;
    }

    private static String path(UUID company) {
        return "/v1/companies/" + company;
    }

    private static String id(JsonNode thing) {
        return thing.path("id").asText();
    }

    private static boolean isOpen(JsonNode migration) {
        String state = migration.path("state").asText();
        return state.equals("canary") || state.equals("running");
    }

    private static boolean pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
