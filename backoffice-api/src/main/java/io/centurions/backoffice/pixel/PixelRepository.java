package io.centurions.backoffice.pixel;

import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.id.SettingId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code core.pixel_configs}; a change of one is announced. */
@ApplicationScoped
class PixelRepository {

    /** The name under which a pixel's token is sealed; capi-dispatcher opens it under the same. */
    private static final String TOKEN = "access_token";

    private static final String COLUMNS = "id, company_id, dataset_id, waba_id, page_id, test_event_code, enabled, "
            + "sealed_access_token IS NOT NULL AS has_access_token, created_at, updated_at";

    private static final String INSERT = """
            INSERT INTO core.pixel_configs
                   (company_id, id, dataset_id, waba_id, page_id, sealed_access_token, test_event_code, enabled)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (company_id, dataset_id) DO NOTHING
            """;

    private static final String PAGE = """
            SELECT %s
              FROM core.pixel_configs
             WHERE company_id = $1 AND ($2::uuid IS NULL OR id < $2::uuid)
             ORDER BY id DESC
             LIMIT $3
            """.formatted(COLUMNS);

    private final Secrets secrets;
    private final Outbox outbox;

    PixelRepository(Secrets secrets, Outbox outbox) {
        this.secrets = secrets;
        this.outbox = outbox;
    }

    void insert(Tx tx, UUID id, NewPixel pixel) {
        String sealed = pixel.accessToken() == null ? null : secrets.seal(tx.company(), TOKEN, pixel.accessToken());
        int inserted = tx.execute(
                INSERT,
                tx.company().value(),
                id,
                pixel.datasetId(),
                pixel.wabaId(),
                pixel.pageId(),
                sealed,
                pixel.testEventCode(),
                pixel.enabled());
        if (inserted == 0) {
            throw Problem.conflict("pixel-exists", "this company has a pixel of this dataset");
        }
        outbox.append(tx, new SettingsChanged(SettingsChanged.Kind.PIXEL, SettingId.of(id)));
    }

    Optional<PixelView> find(Tx tx, UUID id) {
        return tx.first(
                        "SELECT " + COLUMNS + " FROM core.pixel_configs WHERE company_id = $1 AND id = $2",
                        tx.company().value(),
                        id)
                .map(PixelView::of);
    }

    List<PixelView> page(Tx tx, UUID after, int limit) {
        return tx.query(PAGE, tx.company().value(), after, limit).stream()
                .map(PixelView::of)
                .toList();
    }
}
