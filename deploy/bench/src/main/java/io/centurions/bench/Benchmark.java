package io.centurions.bench;

import io.centurions.bench.report.Section;

/** One thing that is measured. Starts the services it needs and ends them. */
public interface Benchmark {

    /** As it is asked for on the command line. */
    String name();

    Section run(Bench bench);
}
