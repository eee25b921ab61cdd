package io.centurions.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.bench.figure.Spread;
import io.centurions.bench.machine.Machine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * All that one command measured.
 *
 * @param command  as it was given
 * @param revision of the sources, where git tells
 * @param quick    a short try, whose figures are no results
 */
public record Report(
        Instant at, String command, String revision, boolean quick, Machine machine, List<Section> sections) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public String markdown() {
        List<String> out = new ArrayList<>();
        out.add("### Run of " + at + (quick ? " (quick try: no results)" : ""));
        out.add("");
        out.add("`" + command + "`: " + aims() + ". Revision " + revision + ". " + machine.cores() + " cores, "
                + machine.cpu() + ", "
                + machine.memoryMiB() + " MiB, " + machine.kernel() + ". " + machine.jdk() + "; pinning: "
                + machine.pinning() + ".");
        out.add(machine.postgresql() + ", fsync and synchronous_commit on; 8 KiB written and synced in p50 "
                + number(machine.fsyncP50()) + " ms, p99 " + number(machine.fsyncP99()) + " ms. Load before the start: "
                + number(machine.load()) + ".");
        for (Section section : sections) {
            out.add("");
            out.addAll(markdown(section));
        }
        return String.join("\n", out) + "\n";
    }

    // In one sentence what a reader wants first.
    private String aims() {
        List<String> missed = new ArrayList<>();
        long met = 0;
        for (Section section : sections) {
            for (Line line : section.lines()) {
                if (Boolean.TRUE.equals(line.met())) {
                    met++;
                } else if (line.met() != null) {
                    missed.add(section.name() + ": " + line.measure());
                }
            }
        }
        String all = met + " of " + (met + missed.size()) + " aims met";
        return missed.isEmpty() ? all : all + ", missed: " + String.join("; ", missed);
    }

    /** One section as it is also shown while the others still run. */
    public static List<String> markdown(Section section) {
        List<String> out = new ArrayList<>();
        out.add("#### " + section.name());
        out.add("");
        out.add(section.what());
        out.add("");
        out.add("| measure | median | least … most (runs) | aim | met |");
        out.add("|---|---:|---:|---:|---|");
        section.lines().forEach(line -> out.add(markdown(line)));
        if (!section.notes().isEmpty()) {
            out.add("");
            section.notes().forEach(note -> out.add("- " + note));
        }
        return out;
    }

    private static String markdown(Line line) {
        Spread spread = line.spread();
        String unit = line.unit().isEmpty() ? "" : " " + line.unit();
        String range = spread.runs() < 2
                ? ""
                : number(spread.least()) + " … " + number(spread.most()) + " (" + runs(line) + ")";
        String aim = line.aim() == null
                ? ""
                : (line.aim().atLeast() ? "≥ " : "< ") + number(line.aim().bound()) + unit;
        String met = line.met() == null ? "" : line.met() ? "yes" : "**no**" + missing(line);
        return "| " + line.measure() + " | " + number(spread.median()) + unit + " | " + range + " | " + aim + " | "
                + met + " |";
    }

    private static String runs(Line line) {
        int gave = line.spread().runs();
        int all = line.runs().size();
        return gave == all ? Integer.toString(all) : gave + " of " + all;
    }

    private static String missing(Line line) {
        return line.missing() == 0 ? "" : ", " + line.missing() + " missing";
    }

    public String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("at", at.toString())
                .put("command", command)
                .put("revision", revision)
                .put("quick", quick);
        root.set("machine", JSON.valueToTree(machine));
        ArrayNode all = root.putArray("benchmarks");
        for (Section section : sections) {
            ObjectNode node = all.addObject().put("name", section.name()).put("what", section.what());
            ArrayNode lines = node.putArray("figures");
            section.lines().forEach(line -> lines.add(json(line)));
            section.notes().forEach(node.putArray("notes")::add);
        }
        return root.toPrettyString() + "\n";
    }

    private static ObjectNode json(Line line) {
        ObjectNode node = JSON.createObjectNode().put("measure", line.measure()).put("unit", line.unit());
        Spread spread = line.spread();
        node.put("median", spread.median()).put("least", spread.least()).put("most", spread.most());
        line.runs().forEach(node.putArray("runs")::add);
        if (line.aim() != null) {
            node.put("missing", line.missing())
                    .put("aim", line.aim().bound())
                    .put("aimIsLeast", line.aim().atLeast())
                    .put("met", line.met());
        }
        return node;
    }

    /** Three figures that count, no more. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "–" : "never";
        }
        double size = Math.abs(value);
        String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
