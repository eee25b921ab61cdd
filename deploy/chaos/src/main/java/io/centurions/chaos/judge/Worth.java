package io.centurions.chaos.judge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a run proves anything: where little was acknowledged or nothing came to its end, nothing can be lost either. */
final class Worth {

    /** With fewer messages than this, chance decides how many are acknowledged. */
    private static final int SOME = 50;

    /** With fewer messages than this, chance decides whether a lead comes to the end. */
    private static final int ENOUGH = 400;

    private static final Set<String> CHANNELS = Set.of("whatsapp", "telegram", "instagram");

    private Worth() {}

    static Row judge(Outside outside, Held held) {
        List<String> empty = new ArrayList<>();
        long written = outside.written().size();
        long acknowledged =
                outside.written().stream().filter(Outside.Written::acknowledged).count();
        if (acknowledged == 0 || written >= SOME && acknowledged * 10 < written * 9) {
            empty.add("only " + acknowledged + " of " + written + " messages were acknowledged");
        }
        if (written >= ENOUGH) {
            ends(outside, held, empty);
        }
        return Row.broken("parts of the run that proved nothing", empty);
    }

    private static void ends(Outside outside, Held held, List<String> empty) {
        Set<String> silent = new HashSet<>(CHANNELS);
        outside.arrived().forEach(one -> silent.remove(one.chat().channel()));
        silent.stream().sorted().forEach(channel -> empty.add("no bubble came on " + channel));
        if (held.leads().stream().noneMatch(Held.Lead::qualified)) {
            empty.add("no lead was qualified");
        }
        if (outside.contracts().stream().noneMatch(Outside.Signed::signed)) {
            empty.add("no contract was signed");
        }
        if (outside.takeovers().stream().noneMatch(Outside.Takeover::given)) {
            empty.add("no conversation was taken over by a person and given back");
        }
        if (outside.conversions().isEmpty()) {
            empty.add("no conversion came to Meta");
        }
        wordings(held, empty);
    }

    // Rows that go by the simulated model's words find nothing wrong any more once it says them otherwise.
    private static void wordings(Held held, List<String> empty) {
        long answers = 0;
        long marked = 0;
        for (Held.Conversation conversation : held.conversations()) {
            Set<String> telling = conversation.bubbles().stream()
                    .filter(bubble ->
                            Mark.in(bubble.text()).filter(mark -> mark.to() > 0).isPresent())
                    .map(Held.Bubble::turn)
                    .collect(Collectors.toSet());
            List<Held.Turn> turns =
                    conversation.turns().stream().filter(Held.Turn::answers).toList();
            answers += turns.size();
            marked += turns.stream().filter(turn -> telling.contains(turn.id())).count();
        }
        if (marked * 2 < answers) {
            empty.add("only " + marked + " of " + answers + " answers say which words they answer");
        }
        if (held.conversations().stream().noneMatch(JudgeBusiness::isToldAllAnswered)) {
            empty.add("no lead was told that every question is answered");
        }
    }
}
