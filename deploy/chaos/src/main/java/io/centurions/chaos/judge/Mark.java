package io.centurions.chaos.judge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a bubble of the simulated model says of itself, as in {@code [r12.1/2 #5-7]}.
 *
 * @param call     the model's call that made it
 * @param position from 1
 * @param to       the last message of the lead that it answers, 0 for none
 */
public record Mark(long call, int position, int of, long to) {

    private static final Pattern MARK = Pattern.compile("\\[r(\\d+)\\.(\\d+)/(\\d+) #(?:\\d+-)?(\\d+)]$");

    public static Optional<Mark> in(String text) {
        Matcher found = MARK.matcher(text);
        return found.find()
                ? Optional.of(new Mark(
                        Long.parseLong(found.group(1)),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3)),
                        Long.parseLong(found.group(4))))
                : Optional.empty();
    }

    public boolean isLast() {
        return position == of;
    }
}
