package io.centurions.autentique.signing;

import io.centurions.autentique.contract.SeenSignature;
import io.centurions.autentique.contract.StoredSigner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiPredicate;

/**
 * Which signature is whose. The provider promises no order and does not repeat what we called a signer, so the surest
 * sign comes first: the signature's id once known, the e-mail, the name, and only for those left over the order.
 */
final class MatchSigners {

    private static final List<BiPredicate<StoredSigner, SeenSignature>> SIGNS = List.of(
            (signer, seen) -> seen.id().equals(signer.signatureId()),
            (signer, seen) -> signer.signatureId() == null
                    && seen.email() != null
                    && seen.email().equalsIgnoreCase(signer.signer().email()),
            (signer, seen) -> signer.signatureId() == null
                    && seen.name() != null
                    && seen.name().equalsIgnoreCase(signer.signer().name()),
            (signer, seen) -> signer.signatureId() == null);

    private MatchSigners() {}

    /** By our signer's id; a signer whom nothing matches is left out. */
    static Map<UUID, SeenSignature> match(List<StoredSigner> signers, List<SeenSignature> signatures) {
        var matched = new LinkedHashMap<UUID, SeenSignature>();
        var left = new ArrayList<>(signatures);
        for (var sign : SIGNS) {
            for (StoredSigner signer : signers) {
                if (matched.containsKey(signer.id())) {
                    continue;
                }
                left.stream()
                        .filter(seen -> sign.test(signer, seen))
                        .findFirst()
                        .ifPresent(seen -> {
                            matched.put(signer.id(), seen);
                            left.remove(seen);
                        });
            }
        }
        return matched;
    }
}
