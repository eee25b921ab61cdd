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
            + "sealed_access_token IS NOT NULL AS has_access_token, version, created_at, updated_at";

    private static final String INSERT = """
            INSERT INTO core.pixel_configs
                   (company_id, id, dataset_id, waba_id, page_id, sealed_access_token, test_event_code, enabled)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (company_id, dataset_id) DO NOTHING
            """;

    // Without a new token the old one stays, unless it is to go.
    private static final String UPDATE = """
            UPDATE core.pixel_configs
               SET waba_id = $3, page_id = $4, test_event_code = $5, enabled = $6,
                   sealed_access_token = CASE WHEN $7 THEN NULL ELSE coalesce($8::text, sealed_access_token) END,
                   version = version + 1, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2
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
        int inserted = tx.execute(
                INSERT,
                tx.company().value(),
                id,
                pixel.datasetId(),
                pixel.wabaId(),
                pixel.pageId(),
                sealed(tx, pixel.accessToken()),
                pixel.testEventCode(),
                pixel.enabled());
        if (inserted == 0) {
            throw Problem.conflict("pixel-exists", "this company has a pixel of this dataset");
        }
        tell(tx, id);
    }

    void update(Tx tx, UUID id, PixelChange change) {
        tx.execute(
                UPDATE,
                tx.company().value(),
                id,
                change.wabaId(),
                change.pageId(),
                change.testEventCode(),
                change.enabled(),
                change.withoutAccessToken(),
                sealed(tx, change.accessToken()));
        tell(tx, id);
    }

    /** Its token goes with it; conversions that were reported keep the dataset's number. */
    void delete(Tx tx, UUID id) {
        tx.execute(
                "DELETE FROM core.pixel_configs WHERE company_id = $1 AND id = $2",
                tx.company().value(),
                id);
        tell(tx, id);
    }

    Optional<PixelView> find(Tx tx, UUID id) {
        return tx.first(
                        "SELECT " + COLUMNS + " FROM core.pixel_configs WHERE company_id = $1 AND id = $2",
                        tx.company().value(),
                        id)
                .map(PixelView::of);
    }

    /** Locked, so that of two changes made for one version only the first is made. */
    Optional<PixelView> findForUpdate(Tx tx, UUID id) {
        return tx.first(
                        "SELECT " + COLUMNS + " FROM core.pixel_configs WHERE company_id = $1 AND id = $2 FOR UPDATE",
                        tx.company().value(),
                        id)
                .map(PixelView::of);
    }

    List<PixelView> page(Tx tx, UUID after, int limit) {
        return tx.query(PAGE, tx.company().value(), after, limit).stream()
                .map(PixelView::of)
                .toList();
    }

    private String sealed(Tx tx, String token) {
        return token == null ? null : secrets.seal(tx.company(), TOKEN, token);
    }

    private void tell(Tx tx, UUID id) {
        outbox.append(tx, new SettingsChanged(SettingsChanged.Kind.PIXEL, SettingId.of(id)));
    }
}
