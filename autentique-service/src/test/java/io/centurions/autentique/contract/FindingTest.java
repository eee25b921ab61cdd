package io.centurions.autentique.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void signed_means_that_everybody_has_signed_at_the_time_of_the_last() {
        var document = document(null, null, signed("a", NOON.minusSeconds(60)), signed("b", NOON.minusSeconds(10)));

        assertThat(Finding.of(document, NOON)).isEqualTo(new Finding.AllSigned(NOON.minusSeconds(10)));
    }

    @Test
    void one_signature_missing_leaves_it_open() {
        var document = document(null, null, signed("a", NOON), pending("b"));

        assertThat(Finding.of(document, NOON)).isEqualTo(new Finding.StillOpen());
    }

    @Test
    void a_document_nobody_is_asked_to_sign_is_never_signed() {
        assertThat(Finding.of(document(null, null), NOON)).isEqualTo(new Finding.StillOpen());
    }

    @Test
    void one_refusal_ends_it_although_others_have_signed() {
        var document = document(null, null, signed("a", NOON), refused("b", NOON.minusSeconds(5)));

        assertThat(Finding.of(document, NOON)).isEqualTo(new Finding.SomeoneRefused(NOON.minusSeconds(5)));
    }

    @Test
    void a_signed_document_stays_signed_after_its_deadline_and_its_deletion() {
        var document = document(NOON.minusSeconds(1), NOON, signed("a", NOON.minusSeconds(30)));

        assertThat(Finding.of(document, NOON)).isEqualTo(new Finding.AllSigned(NOON.minusSeconds(30)));
    }

    @Test
    void a_deadline_counts_once_it_has_passed() {
        assertThat(Finding.of(document(NOON.plusSeconds(1), null, pending("a")), NOON))
                .isEqualTo(new Finding.StillOpen());
        assertThat(Finding.of(document(NOON, null, pending("a")), NOON)).isEqualTo(new Finding.DeadlinePassed(NOON));
    }

    @Test
    void deleted_is_more_than_late() {
        assertThat(Finding.of(document(NOON.minusSeconds(9), NOON.minusSeconds(3), pending("a")), NOON))
                .isEqualTo(new Finding.Deleted(NOON.minusSeconds(3)));
    }

    private static SeenDocument document(Instant deadlineAt, Instant deletedAt, SeenSignature... signatures) {
        return new SeenDocument("doc", deadlineAt, deletedAt, List.of(signatures));
    }

    private static SeenSignature pending(String id) {
        return new SeenSignature(id, null, null, null, null, null, null, null);
    }

    private static SeenSignature signed(String id, Instant at) {
        return new SeenSignature(id, null, null, null, at, at, null, null);
    }

    private static SeenSignature refused(String id, Instant at) {
        return new SeenSignature(id, null, null, null, at, null, at, "valores errados");
    }
}
