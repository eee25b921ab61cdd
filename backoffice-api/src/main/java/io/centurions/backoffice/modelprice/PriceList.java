package io.centurions.backoffice.modelprice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.backoffice.iso.IsoCodes;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The one row of {@code core.price_list}. A price counts for the calls after it; what was counted stays. */
@ApplicationScoped
class PriceList {

    private static final UUID ID = UUID.fromString("0198c0de-0000-7000-8000-00000000cafe");
    private static final String CHANGE = "core.change_price_list_v1($9, $10, $11::text::jsonb)";
    private static final String READ =
            "SELECT currency, prices::text AS prices, version, updated_at FROM core.price_list WHERE id = $1";
    private static final TypeReference<TreeMap<String, ModelPrice>> PRICES = new TypeReference<>() {};

    private final Database database;
    private final HoldingAudit audit;
    private final ObjectMapper json;

    PriceList(Database database, HoldingAudit audit, ObjectMapper json) {
        this.database = database;
        this.audit = audit;
        this.json = json;
    }

    PriceListView read() {
        var row = database.call(READ, ID).getFirst();
        return new PriceListView(
                row.getString("currency"),
                prices(row.getString("prices")),
                row.getInteger("version"),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    PriceListView change(IfMatch version, WantedPriceList wanted) {
        PriceListView before = read();
        version.check(before.version());
        // What stays may be what countries have given up meanwhile.
        if (!before.currency().equals(wanted.currency())) {
            IsoCodes.checkCurrency(wanted.currency());
        }
        String ended = audit.writeIf(
                HoldingAudit.Act.of(
                        "price-list.change", ID, new WantedPriceList(before.currency(), before.models()), wanted),
                CHANGE,
                "done",
                List.of(before.version(), wanted.currency(), text(wanted.models())));
        switch (ended) {
            case "done" -> {}
            case "in-use" ->
                throw Problem.conflict("currency-in-use", "models were paid or are limited in " + before.currency());
            default -> throw Problem.preconditionFailed("version-stale", "it was changed meanwhile, read it again");
        }
        return read();
    }

    private Map<String, ModelPrice> prices(String stored) {
        try {
            return json.readValue(stored, PRICES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored prices cannot be read", e);
        }
    }

    private String text(Map<String, ModelPrice> models) {
        try {
            return json.writeValueAsString(models);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write prices", e);
        }
    }
}
