package io.centurions.platform.webhooks;

import io.centurions.contracts.id.CompanyId;
import java.util.Map;
import java.util.UUID;

/**
 * Where a webhook came from.
 *
 * @param address     where it came to, as the service that received it can read it again
 * @param company     whose it is; null where even that cannot be told
 * @param instance    at which of its instances it came, and nothing in it another's; null where none is told
 * @param safeHeaders as {@link SafeHeaders} lets them pass
 */
public record Origin(
        String provider, String address, CompanyId company, UUID instance, Map<String, String> safeHeaders) {

    /** One that came without headers: fetched, not sent. */
    public static Origin of(String provider, String address, CompanyId company, UUID instance) {
        return new Origin(provider, address, company, instance, Map.of());
    }
}
