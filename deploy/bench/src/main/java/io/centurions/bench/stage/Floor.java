package io.centurions.bench.stage;

import io.centurions.bench.figure.Recorder;
import io.centurions.bench.figure.Samples;
import io.centurions.bench.figure.Schedule;
import io.centurions.bench.load.HttpConnection;
import io.centurions.bench.load.RedisSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The reference of what is a wait, not a rate: how long the barest program needs for the same on this machine, with nothing else
 * running. A durable commit of one row is always a part of it, because everything we do is durable before it is done.
 */
public final class Floor {

    private static final int UNCOUNTED = 50;
    private static final int COUNTED = 250;
    private static final int PER_SECOND = 50;
    private static final long UNTIL_IT_WAITS = 2_000_000;
    private static final byte[] CALL =
            ("POST /openai/v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 2\r\n\r\n{}")
                    .getBytes(StandardCharsets.US_ASCII);

    private final Stage stage;
    private final int series;

    /** @param series how many are measured, one after the other; as many as there are of what is compared with it */
    public Floor(Stage stage, int series) {
        this.stage = stage;
        this.series = series;
    }

    /** One row claimed durably, then the model called: what a turn needs at least. */
    public List<Samples> turn() {
        try (HttpConnection model = new HttpConnection(stage.providersPort())) {
            return measured(() -> {}, () -> call(model));
        }
    }

    private static void call(HttpConnection model) {
        try {
            model.send(CALL);
        } catch (IOException e) {
            throw new UncheckedIOException("the bench's own model does not answer", e);
        }
    }

    /** One row leased durably, then an entry written to a stream and read from it: what an event needs at least. */
    public List<Samples> event() {
        AtomicReference<CompletableFuture<String>> read = new AtomicReference<>();
        try (RedisSocket writer = new RedisSocket(stage.ports().redis());
                RedisSocket reader = new RedisSocket(stage.ports().redis())) {
            // The reader waits in its own thread before the commit, as a consumer does.
            Runnable wait = () -> {
                read.set(CompletableFuture.supplyAsync(
                        () -> unchecked(reader, "XREAD", "BLOCK", "1000", "STREAMS", "bench:floor", "$")));
                LockSupport.parkNanos(UNTIL_IT_WAITS);
            };
            return measured(wait, () -> {
                unchecked(writer, "XADD", "bench:floor", "MAXLEN", "~", "100", "*", "a", "b");
                read.get().join();
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Redis does not answer", e);
        }
    }

    private static String unchecked(RedisSocket socket, String... words) {
        try {
            return socket.command(words);
        } catch (IOException e) {
            throw new UncheckedIOException("Redis does not answer", e);
        }
    }

    private List<Samples> measured(Runnable before, Runnable after) {
        stage.sql().execute("CREATE TABLE IF NOT EXISTS public.bench_floor (n bigint NOT NULL)");
        stage.sql()
                .execute("INSERT INTO public.bench_floor SELECT 0 WHERE NOT EXISTS (SELECT FROM public.bench_floor)");
        List<Samples> measured = new ArrayList<>();
        try (Connection connection = stage.sql().connect();
                var claim = connection.prepareStatement("UPDATE public.bench_floor SET n = n + 1")) {
            for (int n = 0; n < series; n++) {
                measured.add(oneSeries(claim, before, after));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the floor cannot be measured", e);
        }
        return measured;
    }

    private static Samples oneSeries(PreparedStatement claim, Runnable before, Runnable after) throws SQLException {
        Recorder recorder = new Recorder();
        Schedule schedule = new Schedule(System.nanoTime(), PER_SECOND, UNCOUNTED + COUNTED);
        for (int n = 0; n < schedule.count(); n++) {
            LockSupport.parkNanos(Math.max(0, schedule.dueAt(n) - System.nanoTime()));
            before.run();
            long began = System.nanoTime();
            claim.execute();
            after.run();
            if (n >= UNCOUNTED) {
                recorder.add(System.nanoTime() - began);
            }
        }
        return Samples.together(List.of(recorder));
    }
}
