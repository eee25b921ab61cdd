package io.centurions.capi.ledger;

import io.centurions.capi.mapping.Pixel;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What the governance slice grants us to read of a company's datasets. Read at each use: settings change. */
@ApplicationScoped
public class PixelRepository {

    private static final String ENABLED = """
            SELECT dataset_id, waba_id, page_id, test_event_code, sealed_access_token
              FROM core.pixel_configs
             WHERE company_id = $1 AND enabled
             ORDER BY id
            """;

    /** The datasets that the company reports to now. */
    public List<Pixel> enabled(Tx tx) {
        return tx.query(ENABLED, tx.company().value()).stream()
                .map(row -> new Pixel(
                        row.getString("dataset_id"),
                        text(row, "waba_id"),
                        text(row, "page_id"),
                        text(row, "test_event_code"),
                        text(row, "sealed_access_token")))
                .toList();
    }

    private static String text(Row row, String column) {
        String text = row.getString(column);
        return text == null || text.isBlank() ? null : text;
    }
}
