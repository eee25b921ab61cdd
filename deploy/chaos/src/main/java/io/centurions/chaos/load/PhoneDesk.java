package io.centurions.chaos.load;

import io.centurions.chaos.judge.ChatKey;
import io.centurions.chaos.world.Database;
import io.centurions.chaos.world.Fleet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The people who give back to the machine what they took on the company's phone. As people do, they try again what was not answered. */
public final class PhoneDesk {

    // Telephone numbers and names of instances have nothing in them that SQL reads otherwise.
    private static final String TAKEN = """
            SELECT c.id::text FROM core.conversations c
              JOIN core.channel_instances i ON i.company_id = c.company_id AND i.id = c.instance_id
             WHERE c.company_id = '%s' AND i.external_id = '%s' AND starts_with(c.chat_ref, '%s') AND c.state = 'human'
            """;

    private final Fleet fleet;
    private final Database database;
    private final Map<ChatKey, Stay> stays = new ConcurrentHashMap<>();
    private final Again again = new Again();

    /**
     * How long a person had a conversation, as seen from outside.
     *
     * @param seen  when it was seen that the person has it
     * @param asked when the return was asked for the first time, null when it was not
     * @param given whether the return was accepted
     */
    public record Stay(Instant seen, Instant asked, boolean given) {}

    public PhoneDesk(Fleet fleet) {
        this.fleet = fleet;
        this.database = fleet.database();
    }

    /** Until the machine has stopped, or the run is over. */
    void awaitTaken(LeadScript lead) {
        again.attempt("takeover of " + lead.chat(), () -> {
            while (taken(lead).isEmpty()) {
                again.waitOrGiveUp();
            }
            stays.put(lead.chat(), new Stay(Instant.now(), null, false));
        });
    }

    /** Until it is accepted, or the run is over. Nothing where no takeover was seen. */
    void giveBack(LeadScript lead) {
        Stay stay = stays.get(lead.chat());
        if (stay == null) {
            return;
        }
        again.attempt("return of " + lead.chat(), () -> {
            String conversation = taken(lead).orElseThrow(() -> new IllegalStateException("the person has it no more"));
            Instant asked = Instant.now();
            stays.put(lead.chat(), new Stay(stay.seen(), asked, false));
            String state = again.ask(
                    () -> fleet.backoffice().giveBack(lead.company().id(), conversation, "return-" + lead.number()));
            stays.put(lead.chat(), new Stay(stay.seen(), asked, state.equals("ai")));
        });
    }

    private Optional<String> taken(LeadScript lead) {
        while (true) {
            try {
                List<Map<String, Object>> found = database.rows(TAKEN.formatted(
                        lead.company().id(), lead.chat().account(), lead.chat().from()));
                return found.stream().map(row -> row.get("id").toString()).findFirst();
            } catch (SQLException away) {
                // PostgreSQL restarts now and then.
                again.waitOrGiveUp();
            }
        }
    }

    /** Nothing is tried again from now on. */
    public void close() {
        again.end();
    }

    /** By chat, of those that were seen to be taken. */
    public Map<ChatKey, Stay> stays() {
        return Map.copyOf(stays);
    }

    /** What went wrong for good. */
    public List<String> refused() {
        return again.refused();
    }
}
