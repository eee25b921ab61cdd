package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.centurions.contracts.deal.DealWon;
import io.centurions.platform.outbox.EventJson;
import io.vertx.pgclient.PgException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"lead": "Maria, 11 98888"}                                  | , at lead
            {"wonAt": "Maria"}                                           | , at wonAt
            {"deal": {"name": "Maria"}}                                  | , at deal
            {"currency": ["Maria"]}                                      | , at currency
            {}                                                           | : deal is missing
            {"deal": "0197a1de-0000-7000-8000-000000000001", "lead": Maria | : it is no JSON
            Maria                                                        | : it is no JSON
            []                                                           | : it is no JSON object
            "Maria"                                                      | : it is no JSON object
            7                                                            | : it is no JSON object
            null                                                         | : it is no JSON object
            """)
    void what_cannot_be_read_is_told_by_its_field_and_the_demand_on_it_without_what_stood_there(
            String payload, String told) {
        Throwable failure = catchThrowable(() -> Objects.requireNonNull(EventJson.read(payload, DealWon.class)));

        String reason = Reason.unreadable(DealWon.class, failure);

        assertThat(reason).startsWith("the payload cannot be read as DealWon").endsWith(told);
        assertThat(reason).doesNotContain("Maria");
    }

    @Test
    void a_failing_handler_is_told_by_place_and_kind_and_never_by_a_message_that_may_quote_a_lead() {
        Throwable failure = new CompletionException(new IllegalStateException("Maria wrote"));

        assertThat(Reason.failed(failure))
                .isEqualTo("handling it failed in ReasonTest: an unexpected IllegalStateException; the log says more"
                        + " under its event_id");
    }

    @Test
    void where_it_failed_is_our_own_class_also_when_others_threw() {
        Throwable elsewhere = new TimeoutException("Maria");
        elsewhere.setStackTrace(new StackTraceElement[] {new StackTraceElement("java.Other", "get", null, -1)});
        Throwable failure = new CompletionException(elsewhere);

        assertThat(Reason.failed(failure))
                .startsWith("handling it failed in ReasonTest: an unexpected TimeoutException");
    }

    @Test
    void a_refusal_of_postgresql_is_told_by_its_code() {
        Throwable refused = new PgException("Key (phone)=(Maria)", "ERROR", "23505", "Key (phone)=(Maria) exists");

        assertThat(Reason.failed(refused))
                .contains("PostgreSQL refused a statement (SQLSTATE 23505)")
                .doesNotContain("Maria");
    }

    @Test
    void a_check_of_the_contract_speaks_for_itself() {
        Throwable failure = catchThrowable(() -> new DealWon(null, null, 1, "BRL", null));

        assertThat(Reason.failed(failure)).contains(": deal is missing;");
    }
}
