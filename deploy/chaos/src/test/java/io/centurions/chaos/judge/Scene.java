package io.centurions.chaos.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A small run in which everything is right, and ways to spoil it. */
final class Scene {

    static final ChatKey CHAT = new ChatKey("whatsapp", "aurora", "5511970000001");
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final CallTimes TIMES = new CallTimes(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(5));

    final List<Outside.Written> written = new ArrayList<>();
    final List<Outside.Arrived> arrived = new ArrayList<>();
    final List<Outside.Form> forms = new ArrayList<>();
    final List<Outside.Signed> signed = new ArrayList<>();
    final List<Outside.AtMeta> atMeta = new ArrayList<>();
    final List<Outside.Takeover> takeovers = new ArrayList<>();
    final List<Held.Inbound> inbound = new ArrayList<>();
    final List<Held.Turn> turns = new ArrayList<>();
    final List<Held.Bubble> bubbles = new ArrayList<>();
    final List<Held.Lead> leads = new ArrayList<>();
    final Map<String, String> submissions = new HashMap<>(Map.of("form", "lead", "form-2", "lead-2"));
    final List<Held.Deal> deals = new ArrayList<>();
    final List<Held.Contract> contracts = new ArrayList<>();
    final List<Held.Conversion> conversions = new ArrayList<>();
    final List<String> parked = new ArrayList<>();
    final List<String> refusedRows = new ArrayList<>();
    final List<String> answeredAgain = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    final List<Disturbance> disturbances = new ArrayList<>();
    final List<Disturbance> late = new ArrayList<>();
    final List<Stalls.Stall> stalls = new ArrayList<>();
    ChatKey chat = CHAT;
    String state = "ai";
    int notices = 1;

    /** Two bursts of two words, each answered with two bubbles; a deal, a signed contract and the notice of it, three conversions. */
    static Scene right() {
        Scene scene = new Scene();
        for (int seq = 1; seq <= 4; seq++) {
            scene.written.add(new Outside.Written(CHAT, "m" + seq, 200));
            scene.inbound.add(new Held.Inbound(seq, "m" + seq));
        }
        scene.answer("t1", 1, 2, 11);
        scene.answer("t2", 3, 4, 12);
        scene.leads.add(new Held.Lead("lead", "company", true));
        scene.deals.add(new Held.Deal("deal", "company", "lead", "won"));
        scene.contracts.add(new Held.Contract("contract", "company", "deal", "signed"));
        scene.signed.add(new Outside.Signed("company", "deal", "contract", true, 1));
        scene.conversion("lead", null);
        scene.conversion("qualified", null);
        scene.conversion("purchase", "deal");
        return scene;
    }

    void answer(String turn, long from, long to, int call) {
        turns.add(new Held.Turn(turn, "burst", "answer", from, to));
        for (int position = 1; position <= 2; position++) {
            String text = "Olá [r%d.%d/2 #%d-%d]".formatted(call, position, from, to);
            bubbles.add(new Held.Bubble(
                    "b" + call + position,
                    "machine",
                    "r" + call,
                    turn,
                    text,
                    "read",
                    null,
                    1,
                    NOON.plusSeconds(call),
                    NOON.plusSeconds(call + 15)));
            arrived.add(new Outside.Arrived(CHAT, text, NOON.plusSeconds(call).plusMillis(300L * position)));
        }
    }

    private void conversion(String milestone, String deal) {
        conversions.add(
                new Held.Conversion("company", milestone, "lead", deal, milestone, "event-" + milestone, "sent"));
        atMeta.add(new Outside.AtMeta(milestone, "event-" + milestone, 1));
    }

    void bubble(int index, UnaryOperator<Held.Bubble> change) {
        bubbles.set(index, change.apply(bubbles.get(index)));
    }

    static UnaryOperator<Held.Bubble> status(String status, String failure) {
        return bubble -> with(bubble, bubble.text(), status, failure, bubble.attempts(), bubble.until());
    }

    static UnaryOperator<Held.Bubble> text(String text) {
        return bubble -> with(bubble, text, bubble.status(), bubble.failure(), bubble.attempts(), bubble.until());
    }

    /** Once more, by a successor, a while after the first call. */
    static UnaryOperator<Held.Bubble> calledAgain(Duration later) {
        return bubble -> with(
                bubble,
                bubble.text(),
                bubble.status(),
                bubble.failure(),
                bubble.attempts() + 1,
                bubble.until().plus(later));
    }

    static UnaryOperator<Held.Bubble> attempts(int attempts) {
        return bubble -> with(bubble, bubble.text(), bubble.status(), bubble.failure(), attempts, bubble.until());
    }

    private static Held.Bubble with(
            Held.Bubble one, String text, String status, String failure, int attempts, Instant until) {
        return new Held.Bubble(
                one.id(), one.author(), one.reply(), one.turn(), text, status, failure, attempts, one.called(), until);
    }

    Held held() {
        long last = inbound.stream().mapToLong(Held.Inbound::seq).max().orElse(0);
        List<Held.Turn> allTurns = new ArrayList<>(turns);
        List<Held.Bubble> allBubbles = new ArrayList<>(bubbles);
        for (int n = 1; n <= notices; n++) {
            allTurns.add(new Held.Turn("told" + n, "contract", "notice", 0, 0));
            allBubbles.add(new Held.Bubble(
                    "b-told" + n,
                    "machine",
                    "r-told" + n,
                    "told" + n,
                    notice(n),
                    "read",
                    null,
                    1,
                    NOON.plusSeconds(50L + n),
                    NOON.plusSeconds(65L + n)));
        }
        return new Held(
                List.of(new Held.Conversation(
                        "conversation", chat, "lead", state, last, inbound, allTurns, allBubbles)),
                leads,
                submissions,
                deals,
                contracts,
                conversions,
                parked,
                refusedRows,
                answeredAgain);
    }

    Outside outside() {
        List<Outside.Arrived> all = new ArrayList<>(arrived);
        for (int n = 1; n <= notices; n++) {
            all.add(new Outside.Arrived(chat, notice(n), NOON.plusSeconds(51L + n)));
        }
        return new Outside(written, all, forms, signed, atMeta, takeovers, refused);
    }

    private static String notice(int number) {
        return "O contrato foi assinado " + number;
    }

    Blame blame() {
        return new Blame(TIMES, disturbances, late, new Stalls(stalls));
    }

    List<Row> judged() {
        return Judge.judge(outside(), held(), blame());
    }

    /** The promises that are broken, by name. */
    List<String> broken() {
        return judged().stream().filter(row -> !row.holds()).map(Row::name).toList();
    }
}
