package io.centurions.backoffice.security;

import static io.centurions.backoffice.security.KnownPerson.State.ACTIVE;
import static io.centurions.backoffice.security.KnownPerson.State.AWAITED;
import static io.centurions.backoffice.security.KnownPerson.State.INACTIVE;
import static io.centurions.backoffice.security.KnownPerson.State.INVITED;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.security.KnownPerson.State;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandingTest {

    private static final UUID A = UUID.fromString("0198c0de-0000-7000-8000-00000000000a");
    private static final UUID B = UUID.fromString("0198c0de-0000-7000-8000-00000000000b");

    @Test
    void whom_we_do_not_know_is_what_the_token_says() {
        assertThat(standing(token("company_admin", A))).isEqualTo("company_admin of A");
        assertThat(standing(token("super_admin", null))).isEqualTo("super_admin of the holding");
        assertThat(standing(token(null, A))).isEqualTo("nobody of A");
        assertThat(standing(token(null, null))).isEqualTo("nobody of none");
    }

    @Test
    void a_role_of_a_company_without_the_company_opens_none() {
        assertThat(standing(token("company_admin", null))).isEqualTo("company_admin of none");
        assertThat(standing(token("marketing_admin", null))).isEqualTo("marketing_admin of none");
    }

    @Test
    void only_our_own_list_makes_somebody_in_marketing_the_holdings() {
        assertThat(standing(token("marketing_admin", null), at(null, "marketing_admin", ACTIVE)))
                .isEqualTo("marketing_admin of the holding");
        assertThat(standing(token("marketing_admin", A), at(null, "marketing_admin", ACTIVE)))
                .isEqualTo("marketing_admin of A");
    }

    @Test
    void a_role_that_was_changed_here_counts_before_the_issuer_knows() {
        assertThat(standing(token("company_admin", A), at(A, "crm_user", ACTIVE)))
                .isEqualTo("crm_user of A");
        assertThat(standing(token("super_admin", null), at(null, "ai_supervisor", ACTIVE)))
                .isEqualTo("ai_supervisor of the holding");
    }

    @Test
    void a_company_makes_nobody_the_holdings() {
        assertThat(standing(token("crm_user", A), at(A, "ai_supervisor", ACTIVE)))
                .isEqualTo("nobody of none");
        assertThat(standing(token(null, null), at(A, "super_admin", ACTIVE))).isEqualTo("nobody of none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"company_admin", "marketing_admin", "crm_user"})
    void whoever_was_deactivated_in_the_company_is_refused(String role) {
        assertThat(standing(token(role, A), at(A, role, INACTIVE))).isEqualTo("refused");
        assertThat(standing(token(role, A), at(A, role, INACTIVE), at(B, role, ACTIVE)))
                .isEqualTo("refused");
        assertThat(standing(token(null, null), at(A, role, INACTIVE))).isEqualTo("refused");
    }

    @Test
    void a_company_shuts_only_its_own_door() {
        assertThat(standing(token("crm_user", B), at(A, "crm_user", INACTIVE))).isEqualTo("crm_user of B");
        assertThat(standing(token("super_admin", null), at(A, "crm_user", INACTIVE)))
                .isEqualTo("super_admin of the holding");
        assertThat(standing(token(null, null), at(A, "crm_user", INACTIVE), at(B, "crm_user", ACTIVE)))
                .isEqualTo("crm_user of B");
    }

    @Test
    void whoever_was_deactivated_at_the_holding_is_refused_everywhere() {
        var gone = at(null, "super_admin", INACTIVE);

        assertThat(standing(token("super_admin", null), gone)).isEqualTo("refused");
        assertThat(standing(token("company_admin", A), gone)).isEqualTo("refused");
        assertThat(standing(token(null, null), gone)).isEqualTo("refused");
    }

    @Test
    void whoever_is_invited_again_has_no_role_until_they_accept() {
        assertThat(standing(token("company_admin", A), at(A, "company_admin", INVITED)))
                .isEqualTo("nobody of none");
        assertThat(standing(token("super_admin", null), at(null, "super_admin", INVITED)))
                .isEqualTo("nobody of none");
    }

    @Test
    void an_invitation_that_waits_opens_nothing_and_lets_its_bearer_come_to_accept_it() {
        assertThat(standing(token(null, null), at(A, "crm_user", INACTIVE), at(B, "company_admin", AWAITED)))
                .isEqualTo("nobody of none");
        assertThat(standing(token("crm_user", A), at(A, "crm_user", INACTIVE), at(B, "company_admin", AWAITED)))
                .isEqualTo("refused");
        assertThat(standing(token(null, null), at(null, "super_admin", INACTIVE), at(B, "crm_user", AWAITED)))
                .isEqualTo("refused");
        assertThat(standing(token("company_admin", A), at(A, "crm_user", AWAITED)))
                .isEqualTo("company_admin of A");
        assertThat(standing(token("super_admin", null), at(null, "ai_supervisor", AWAITED)))
                .isEqualTo("super_admin of the holding");
        assertThat(standing(token(null, null), at(null, "super_admin", AWAITED)))
                .isEqualTo("nobody of none");
    }

    @Test
    void an_issuer_that_knows_neither_role_nor_company_is_enough_for_who_was_invited() {
        assertThat(standing(token(null, null), at(A, "crm_user", ACTIVE))).isEqualTo("crm_user of A");
        assertThat(standing(token(null, null), at(null, "backoffice_admin", ACTIVE)))
                .isEqualTo("backoffice_admin of the holding");
    }

    @Test
    void whoever_is_of_two_companies_must_have_a_token_that_says_of_which() {
        KnownPerson[] both = {at(A, "crm_user", ACTIVE), at(B, "company_admin", ACTIVE)};

        assertThat(standing(token(null, null), both)).isEqualTo("nobody of none");
        assertThat(standing(token(null, A), both)).isEqualTo("crm_user of A");
        assertThat(standing(token("crm_user", B), both)).isEqualTo("company_admin of B");
    }

    private static String standing(Claims claims, KnownPerson... known) {
        return Standing.of(claims, List.of(known)).map(StandingTest::told).orElse("refused");
    }

    private static String told(Standing standing) {
        String role = standing.role() == null ? "nobody" : standing.role();
        String where = standing.holding() ? "the holding" : A.equals(standing.company()) ? "A" : "none";
        return role + " of " + (B.equals(standing.company()) ? "B" : where);
    }

    private static Claims token(String role, UUID company) {
        return new Claims("subject", role, company, List.of(), "bia@empresa.example", true);
    }

    private static KnownPerson at(UUID company, String role, State state) {
        return new KnownPerson(company, role, state);
    }
}
