package io.centurions.bench.load;

import io.centurions.bench.figure.Recorder;
import io.centurions.bench.figure.Samples;
import io.centurions.bench.figure.Schedule;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Sends requests over a number of connections, each with its own thread. */
public final class Load {

    private final int port;
    private final int connections;
    private final IntFunction<byte[]> requests;

    /** @param requests the whole n-th request; called by many threads, each number once */
    public Load(int port, int connections, IntFunction<byte[]> requests) {
        this.port = port;
        this.connections = connections;
        this.requests = requests;
    }

    /** Each connection sends as soon as it was answered: the highest rate that this many clients reach. */
    public Loaded closed(Duration length) {
        AtomicInteger next = new AtomicInteger();
        long end = System.nanoTime() + length.toNanos();
        return run(() -> {
            long now = System.nanoTime();
            return now < end ? new Turn(next.getAndIncrement(), now, true) : null;
        });
    }

    /** Each connection sends so and so many in all, as soon as it was answered. */
    public Loaded closed(int count) {
        AtomicInteger next = new AtomicInteger();
        return run(() -> {
            int n = next.getAndIncrement();
            return n < count ? new Turn(n, System.nanoTime(), true) : null;
        });
    }

    /** Sends at the planned moments, as long as a connection is free; what found none free is charged for the wait. */
    public Loaded open(Schedule schedule) {
        return open(schedule, 0);
    }

    /**
     * As {@link #open(Schedule)}, but the first ones are sent and not counted: connecting and what a server does after a rest are no
     * part of a steady rate.
     */
    public Loaded open(Schedule schedule, int uncounted) {
        AtomicInteger next = new AtomicInteger();
        return run(() -> {
            int n = next.getAndIncrement();
            if (n >= schedule.count()) {
                return null;
            }
            long due = schedule.dueAt(n);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return new Turn(n, due, n >= uncounted);
        });
    }

    /** The next request to send, and the moment from which its latency counts; null when all are sent. */
    private interface Turns {
        Turn take();
    }

    private record Turn(int number, long from, boolean counts) {}

    private Loaded run(Turns turns) {
        List<Client> clients = new ArrayList<>();
        for (int n = 0; n < connections; n++) {
            clients.add(new Client(turns));
        }
        long began = System.nanoTime();
        clients.forEach(Thread::start);
        boolean interrupted = false;
        for (Client client : clients) {
            while (client.isAlive()) {
                try {
                    client.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    clients.forEach(Thread::interrupt);
                }
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Map<Integer, Long> others = new TreeMap<>();
        clients.forEach(client -> client.others.forEach((status, count) -> others.merge(status, count, Long::sum)));
        long failed = others.values().stream().mapToLong(Long::longValue).sum();
        return new Loaded(
                Samples.together(
                                clients.stream().map(client -> client.latencies).toList())
                        .withMissing(failed),
                seconds,
                clients.stream().mapToLong(client -> client.uncounted).sum(),
                others);
    }

    private final class Client extends Thread {

        private static final Duration AFTER_BREAK = Duration.ofMillis(10);

        private final Turns turns;
        private final Recorder latencies = new Recorder();
        private final Map<Integer, Long> others = new TreeMap<>();
        private long uncounted;

        Client(Turns turns) {
            super("load");
            setDaemon(true);
            this.turns = turns;
        }

        @Override
        public void run() {
            try (HttpConnection connection = new HttpConnection(port)) {
                for (Turn turn = turns.take(); turn != null && !isInterrupted(); turn = turns.take()) {
                    int status = send(connection, turn);
                    ended(turn, status);
                }
            }
        }

        private void ended(Turn turn, int status) {
            if (status != 200) {
                others.merge(status, 1L, Long::sum);
            } else if (turn.counts) {
                latencies.add(System.nanoTime() - turn.from);
            } else {
                uncounted++;
            }
        }

        private int send(HttpConnection connection, Turn turn) {
            try {
                return connection.send(requests.apply(turn.number));
            } catch (IOException e) {
                LockSupport.parkNanos(AFTER_BREAK.toNanos());
                return 0;
            }
        }
    }
}
