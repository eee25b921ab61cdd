package io.centurions.chaos.judge;

import java.util.ArrayList;
import java.util.List;

/** Says what was lost, missing, twice or out of order. */
public final class Judge {

    private Judge() {}

    /** Every row, those that must be zero first. */
    public static List<Row> judge(Outside outside, Held held, Blame blame) {
        List<Row> rows = new ArrayList<>();
        rows.addAll(new JudgeWords(outside, held).rows());
        rows.addAll(new JudgeBursts(outside, held, blame).rows());
        rows.addAll(new JudgeTakeovers(outside, held).rows());
        rows.addAll(new JudgeMarks(held).rows());
        rows.addAll(new JudgeBubbles(outside, held, blame).rows());
        rows.addAll(new JudgeBusiness(outside, held).rows());
        rows.add(Worth.judge(outside, held));
        List<Row> sorted = new ArrayList<>(rows.stream().filter(Row::mustBeZero).toList());
        rows.stream().filter(row -> !row.mustBeZero()).forEach(sorted::add);
        return List.copyOf(sorted);
    }
}
