package io.centurions.bench.intake;

import io.centurions.bench.load.Load;
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
import java.util.List;
import java.util.Optional;

/** Learns from PostgreSQL's log which statement one webhook becomes, by sending one while everything is logged. */
final class CaptureStatement {

    private static final String MARK = "BENCHTEMPLATE";
    private static final int TRIES = 20;
    private static final long BETWEEN_MILLIS = 100;
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
            Thread.sleep(BETWEEN_MILLIS * 3);
            byte[] request = upserts.request(new Lead(0), "3EB0" + MARK, "Oi, quero saber o preço");
            new Load(port, 1, n -> request).closed(1);
            sql.execute("ALTER SYSTEM RESET log_min_duration_statement");
            sql.execute("SELECT pg_reload_conf()");
            return Reference.of(awaited(log, from), VARIABLES);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read PostgreSQL's log", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Captured awaited(Path log, long from) throws IOException, InterruptedException {
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<Captured> found = Captured.find(linesFrom(log, from), MARK);
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(BETWEEN_MILLIS);
        }
        throw new IllegalStateException("the statement of a webhook is not in PostgreSQL's log " + log);
    }

    private static List<String> linesFrom(Path log, long from) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(from);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        }
    }
}
