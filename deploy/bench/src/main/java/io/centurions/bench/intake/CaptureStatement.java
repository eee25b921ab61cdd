package io.centurions.bench.intake;

import io.centurions.bench.load.Load;
import io.centurions.bench.stage.Quiet;
import io.centurions.bench.stage.Sql;
import io.centurions.bench.stage.Stage;
import io.centurions.bench.webhook.Lead;
import io.centurions.bench.webhook.Upserts;
import io.centurions.local.store.EmbeddedPostgres;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Learns from PostgreSQL's log which statement one webhook becomes, by sending one while everything is logged. */
final class CaptureStatement {

    private static final String MARK = "BENCHTEMPLATE";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    // Company, instance and instance name all count from the number of the first company.
    private static final List<Reference.Variable> VARIABLES = List.of(
            new Reference.Variable("id", "", MARK),
            new Reference.Variable("lead", "", Integer.toString(Lead.FIRST)),
            new Reference.Variable("i", "7000-8000-00010", "0"),
            new Reference.Variable("i", "bench-10", "0"));

    private final Stage stage;
    private final Upserts upserts;

    CaptureStatement(Stage stage, Upserts upserts) {
        this.stage = stage;
        this.upserts = upserts;
    }

    /** The statement of a known lead's message, sent to the service at that port. */
    Reference capture(int port) {
        Sql sql = stage.sql();
        Path log = stage.home().log(EmbeddedPostgres.NAME);
        try {
            long from = Files.size(log);
            sql.execute("ALTER SYSTEM SET log_min_duration_statement = 0");
            sql.execute("SELECT pg_reload_conf()");
            try {
                return Reference.of(awaited(port, log, from), VARIABLES);
            } finally {
                sql.execute("ALTER SYSTEM RESET log_min_duration_statement");
                sql.execute("SELECT pg_reload_conf()");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read PostgreSQL's log", e);
        }
    }

    // Each backend takes the new setting when it comes to it: the webhook is repeated until one has said what it
    // did. A repeat is recognised by the statement, which stays the same.
    private Captured awaited(int port, Path log, long from) {
        byte[] request = upserts.request(new Lead(0), "3EB0" + MARK, "Oi, quero saber o preço");
        AtomicReference<Captured> captured = new AtomicReference<>();
        boolean found = Quiet.until(LONGEST_WAIT, () -> {
            new Load(port, 1, n -> request).closed(1);
            Captured.find(linesFrom(log, from), MARK).ifPresent(captured::set);
            return captured.get() != null;
        });
        if (!found) {
            throw new IllegalStateException("the statement of a webhook is not in PostgreSQL's log " + log);
        }
        return captured.get();
    }

    private static List<String> linesFrom(Path log, long from) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(from);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read PostgreSQL's log", e);
        }
    }
}
