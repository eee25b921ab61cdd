package io.centurions.bench.companies;

import io.centurions.bench.Bench;
import io.centurions.bench.Benchmark;
import io.centurions.bench.figure.Aim;
import io.centurions.bench.figure.Samples;
import io.centurions.bench.report.Line;
import io.centurions.bench.report.Section;
import io.centurions.bench.stage.Benched;
import io.centurions.bench.stage.Stage;
import io.centurions.local.plan.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Everything is done as people do it, through the API. Companies are made one after the other: what is
 * measured is how long one waits for one company beside so many others, not how many can be made at once.
 */
public final class ManyCompanies implements Benchmark {

    private static final int COMPANIES = 1000;
    private static final int WARM = 40;
    private static final int WINDOW = 50;
    private static final double MADE_IN_MILLIS = 2000;
    private static final double MIGRATED_IN_SECONDS = 180;
    private static final List<String> NOTES = List.of(
            "One run: each window is " + WINDOW + " companies, so its p95 is the third slowest. " + WARM
                    + " companies went before, unmeasured, and were taken away again.",
            "The new template step makes a protected table, and adds a column with an index to deals; four companies are"
                    + " migrated at once, the canary before them.");

    @Override
    public String name() {
        return "companies";
    }

    @Override
    public Section run(Bench bench) {
        Stage stage = bench.stage();
        Weigh weigh = new Weigh(stage.sql());
        Benched backoffice = stage.start(Service.BACKOFFICE, stage.settings(Service.BACKOFFICE, "256m"));
        try {
            new MakeCompanies(stage, backoffice, "warm").until(WARM);
            weigh.dropAll();
            return measured(bench, backoffice, weigh);
        } finally {
            stage.stop(backoffice);
            if (!stage.isClosed()) {
                weigh.dropAll();
            }
        }
    }

    private Section measured(Bench bench, Benched backoffice, Weigh weigh) {
        int all = bench.pace().scaled(COMPANIES);
        int window = Math.min(WINDOW, all / 10);
        MakeCompanies make = new MakeCompanies(bench.stage(), backoffice, "e");
        MigrateAll migrate = new MigrateAll(bench.stage().sql());
        List<Line> lines = new ArrayList<>();

        lines.addAll(made(make, weigh, 1, window));
        int tenth = all / 10;
        lines.addAll(made(make, weigh, tenth - window / 2 + 1, tenth + window / 2));
        make.until(all / 2);
        bench.say().accept("  " + all / 2 + " companies, a new template step");
        lines.add(migrated(all / 2, migrate.run(make.api())));
        lines.addAll(made(make, weigh, all - window + 1, all));
        bench.say().accept("  " + all + " companies, a new template step");
        lines.add(migrated(all, migrate.run(make.api())));

        lines.add(Line.of(
                "memory of a PostgreSQL backend that has read all tables", "MiB", weigh.backendThatTouchedAll()));
        lines.add(Line.of("backoffice-api, resident", "MiB", backoffice.residentMiB()));
        return new Section(name(), what(all), lines, NOTES);
    }

    private static List<Line> made(MakeCompanies make, Weigh weigh, int first, int last) {
        make.until(last);
        Samples samples = make.between(first, last);
        String which = String.format(Locale.ROOT, "company %,d … %,d", first, last);
        Line floor = Line.of(
                "reference: the template's steps alone beside " + last + " companies, p50",
                "ms",
                weigh.stepsAlone().millis(50));
        Line p50 = Line.of(which + " made and active, p50", "ms", samples.millis(50))
                .lacking(samples.missing());
        Line p95 = Line.of(which + " made and active, p95", "ms", samples.millis(95))
                .lacking(samples.missing());
        return List.of(floor, p50, p95.aiming(Aim.below(MADE_IN_MILLIS)), p50.over("p50 / reference", floor));
    }

    // The aim is for five hundred, and grows with them.
    private static Line migrated(int companies, double seconds) {
        return Line.of(companies + " companies brought to a new template version", "s", seconds)
                .aiming(Aim.below(MIGRATED_IN_SECONDS * Math.max(1, companies / 500.0)));
    }

    private static String what(int all) {
        return all + " companies on one database, made through the API one after the other: row, schema by the"
                + " template's steps, first Centurion, event. One backoffice-api, 256 MiB heap.";
    }
}
