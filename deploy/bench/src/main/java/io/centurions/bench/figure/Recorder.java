package io.centurions.bench.figure;

import java.util.Arrays;

/** Takes durations down, cheaply. For one thread. */
public final class Recorder {

    private static final int FIRST_ROOM = 4096;

    private long[] taken = new long[FIRST_ROOM];
    private int size;

    public void add(long nanos) {
        if (size == taken.length) {
            taken = Arrays.copyOf(taken, size * 2);
        }
        taken[size++] = nanos;
    }

    long[] nanos() {
        return Arrays.copyOf(taken, size);
    }
}
