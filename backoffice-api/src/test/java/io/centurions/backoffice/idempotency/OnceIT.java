package io.centurions.backoffice.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.centurions.backoffice.Api;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a key is known for: asked of another service, done, or answered. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class OnceIT {

    private static final TypeReference<Map<UUID, String>> ANSWER = new TypeReference<>() {};

    private final Keyed keyed = new Keyed("thing.make", UUID.randomUUID().toString(), Map.of("name", "Um"));
    private final Keyed keyless = new Keyed(keyed.operation(), null, keyed.request());
    private final Keyed another = new Keyed(keyed.operation(), keyed.key(), Map.of("name", "Dois"));
    private final UUID made = UUID.randomUUID();

    @Inject
    Once once;

    @Inject
    Database database;

    private CompanyId company;

    @BeforeEach
    void aCompany() {
        company = CompanyId.of(Api.aCompany("vez").id());
    }

    @Test
    void what_is_asked_is_asked_again_under_its_id_until_it_is_done() {
        Asking first = ask(keyed);

        assertThat(first).isEqualTo(new Asking(first.id(), true, false));
        assertThat(ask(keyed)).isEqualTo(new Asking(first.id(), false, false));
        assertThat(first(keyed)).as("only asked for").isEmpty();

        assertThat(keep(keyed, made)).isTrue();
        assertThat(keep(keyed, UUID.randomUUID())).as("a slower twin's").isFalse();
        assertThat(ask(keyed)).isEqualTo(new Asking(made, false, true));
        assertThat(first(keyed)).contains(made);
    }

    @Test
    void a_refusal_frees_what_is_asked_and_never_what_is_done() {
        UUID refused = ask(keyed).id();
        assertThat(release(keyed, UUID.randomUUID())).as("somebody else's").isFalse();
        assertThat(release(keyed, refused)).isTrue();
        assertThat(release(keyed, refused)).as("free already").isFalse();

        UUID mended = ask(another).id();
        keep(another, mended);

        assertThat(release(another, mended)).as("done").isFalse();
        assertThat(first(another)).contains(mended);
    }

    @Test
    void what_was_done_is_kept_though_a_twin_was_refused_and_freed_the_key() {
        UUID asked = ask(keyed).id();
        release(keyed, asked);

        assertThat(keep(keyed, made)).isTrue();

        assertThat(ask(keyed)).isEqualTo(new Asking(made, false, true));
    }

    @Test
    void what_was_done_is_not_kept_under_a_key_that_a_mended_request_has_since() {
        UUID refused = ask(keyed).id();
        release(keyed, refused);
        UUID mended = ask(another).id();

        assertThat(keep(keyed, made)).isFalse();

        assertThat(ask(another)).isEqualTo(new Asking(mended, false, false));
    }

    @Test
    void nobody_frees_a_key_while_a_repeat_reads_it() {
        ask(keyed);

        database.runAsCompany(company, tx -> {
            once.ask(tx, keyed);
            assertThatThrownBy(() -> Admin.get()
                            .query(
                                    "SELECT id FROM core.idempotency_keys WHERE company_id = ? FOR UPDATE NOWAIT",
                                    company.value()))
                    .hasStackTraceContaining("could not obtain lock");
        });
    }

    @Test
    void an_answer_is_given_again_and_nothing_done_for_it() {
        var answer = Map.of(made, "discarded");

        assertThat(answered(keyed, () -> answer)).isEqualTo(new Done<>(answer, true));
        assertThat(answered(keyed, OnceIT::never)).isEqualTo(new Done<>(answer, false));

        for (int time = 0; time < 2; time++) {
            assertThat(answered(keyless, () -> answer)).isEqualTo(new Done<>(answer, true));
        }
    }

    @Test
    void a_key_stands_for_one_request() {
        ask(keyed);

        reused(() -> ask(another));
        reused(() -> first(another));
        reused(() -> answered(another, OnceIT::never));
        reused(() -> database.asCompany(company, tx -> once.claim(tx, another)));
    }

    private static void reused(ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("idempotency-key-reused"));
    }

    private Asking ask(Keyed asked) {
        return database.asCompany(company, tx -> once.ask(tx, asked));
    }

    private Optional<UUID> first(Keyed asked) {
        return database.asCompany(company, tx -> once.first(tx, asked));
    }

    private boolean keep(Keyed asked, UUID thing) {
        return database.asCompany(company, tx -> once.keep(tx, asked, thing));
    }

    private boolean release(Keyed asked, UUID id) {
        return database.asCompany(company, tx -> once.release(tx, asked, id));
    }

    private Done<Map<UUID, String>> answered(Keyed asked, Supplier<Map<UUID, String>> act) {
        return database.asCompany(company, tx -> once.answered(tx, asked, ANSWER, act));
    }

    private static <T> T never() {
        throw new AssertionError("done twice");
    }
}
