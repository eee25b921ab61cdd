package io.centurions.local.show;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns as wide as their widest cell. */
public final class Table {

    private final List<String[]> rows = new ArrayList<>();

    public Table row(String... cells) {
        rows.add(cells);
        return this;
    }

    public List<String> lines() {
        int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int at = 0; at < row.length; at++) {
                widths[at] = Math.max(widths[at], row[at].length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder("  ");
        for (int at = 0; at < row.length; at++) {
            line.append(row[at]).append(" ".repeat(widths[at] - row[at].length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
