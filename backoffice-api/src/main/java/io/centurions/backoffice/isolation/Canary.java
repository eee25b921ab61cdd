package io.centurions.backoffice.isolation;

import io.centurions.contracts.id.CompanyId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A company of nobody, the same in every installation.
 *
 * @param company whose rows another canary is after
 * @param slug    names its schema
 * @param word    stands in its rows and nowhere else, to be searched for
 */
record Canary(CompanyId company, String slug, String word) {

    static final Canary ONE = of("00000000-0000-7000-8000-0000000000c1", "canary_one", "pintassilgo");
    static final Canary TWO = of("00000000-0000-7000-8000-0000000000c2", "canary_two", "tico-tico");

    private static Canary of(String id, String slug, String word) {
        return new Canary(CompanyId.parse(id), slug, word);
    }

    String schema() {
        return "empresa_" + slug;
    }

    UUID centurion() {
        return own("centurion");
    }

    UUID instance() {
        return own("instance");
    }

    UUID service() {
        return own("service");
    }

    UUID member() {
        return own("member");
    }

    UUID lead() {
        return own("lead");
    }

    /** What its one deal came from. */
    UUID handoff() {
        return own("handoff");
    }

    UUID file() {
        return own("file");
    }

    UUID key() {
        return own("key");
    }

    UUID person() {
        return own("person");
    }

    /** Of its person, whose name at the issuer is the slug; nobody receives anything there. */
    String email() {
        return slug + "@canary.invalid";
    }

    private UUID own(String thing) {
        return UUID.nameUUIDFromBytes((slug + ":" + thing).getBytes(StandardCharsets.UTF_8));
    }
}
