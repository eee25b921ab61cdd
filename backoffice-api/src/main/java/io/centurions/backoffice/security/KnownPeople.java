package io.centurions.backoffice.security;

import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What our own lists of people know of whoever comes with a token. Kept for {@link #LONGEST}: so long after a
 * change another replica may go on with what was; the replica that made the change knows it at once.
 */
@ApplicationScoped
public class KnownPeople {

    /** The bound within which a deactivated person is refused by every replica. */
    public static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int MOST = 10_000;
    private static final String LOOK = "SELECT company_id, role, status FROM core.find_person_v1($1, $2)";

    private final Database database;
    private final Clock clock;
    private final Map<Bearer, Kept> kept = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    KnownPeople(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Bearer(String subject, String email) {}

    private record Kept(List<KnownPerson> known, Instant until) {}

    /** After a change of anybody, once it is committed. */
    public void forget() {
        changes.incrementAndGet();
        kept.clear();
    }

    /** What is remembered of the bearer; empty: it must be looked up. Blocks nobody. */
    Optional<List<KnownPerson>> remembered(Claims claims) {
        Kept found = kept.get(new Bearer(claims.subject(), claims.email()));
        return found != null && clock.instant().isBefore(found.until()) ? Optional.of(found.known()) : Optional.empty();
    }

    /** Asks the database. Blocks the thread. */
    List<KnownPerson> lookUp(Claims claims) {
        long before = changes.get();
        Instant until = clock.instant().plus(LONGEST);
        List<KnownPerson> known = database.call(LOOK, claims.subject(), claims.email()).stream()
                .map(KnownPerson::of)
                .toList();
        if (kept.size() >= MOST) {
            kept.clear();
        }
        Bearer bearer = new Bearer(claims.subject(), claims.email());
        kept.put(bearer, new Kept(known, until));
        // Read before a change and kept after it: what was must not be remembered.
        if (changes.get() != before) {
            kept.remove(bearer);
        }
        return known;
    }
}
