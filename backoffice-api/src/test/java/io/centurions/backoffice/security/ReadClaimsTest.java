package io.centurions.backoffice.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadClaimsTest {

    private static final UUID COMPANY = UUID.fromString("0198c0de-0000-7000-8000-000000000001");

    @Test
    void the_first_path_that_holds_a_role_of_ours_counts() {
        assertThat(role("{'role':'crm_user'}")).isEqualTo("crm_user");
        assertThat(role("{'app_role':'company_admin','role':'authenticated'}")).isEqualTo("company_admin");
        assertThat(role("{'role':'authenticated','app_metadata':{'app_role':'ai_supervisor'}}"))
                .isEqualTo("ai_supervisor");
        assertThat(role("{'role':'crm_user','app_metadata':{'app_role':'super_admin'}}"))
                .isEqualTo("crm_user");
        assertThat(role("{'role':'service'}")).isNull();
        assertThat(role("{'role':7}")).isNull();
        assertThat(role("{}")).isNull();
    }

    @Test
    void of_a_list_of_roles_the_widest_of_ours_counts() {
        var read = read(config("realm_access.roles"));

        assertThat(read.of(json("{'sub':'s','realm_access':{'roles':['x','crm_user','company_admin']}}"))
                        .orElseThrow()
                        .role())
                .isEqualTo("company_admin");
    }

    @Test
    void a_name_with_dots_stands_in_quotes() {
        var read = read(config("resource_access.\"back.office\".roles", "\"https://x.example/role\""));

        assertThat(read.of(json("{'sub':'s','resource_access':{'back.office':{'roles':['crm_user']}}}"))
                        .orElseThrow()
                        .role())
                .isEqualTo("crm_user");
        assertThat(read.of(json("{'sub':'s','https://x.example/role':'crm_user'}"))
                        .orElseThrow()
                        .role())
                .isEqualTo("crm_user");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_metadata.role",
                "user_metadata/app/role",
                "",
                ".",
                "a..b",
                "a.",
                "\"a",
                " user_metadata.role"
            })
    void a_path_that_is_none_or_that_the_person_can_write_stops_the_service(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> ClaimPath.of(path));
    }

    @Test
    void one_company_is_a_company_and_anything_else_is_none() {
        assertThat(company("{'company_id':'" + COMPANY + "'}")).isEqualTo(COMPANY);
        assertThat(company("{'app_metadata':{'company_id':'" + COMPANY + "'}}")).isEqualTo(COMPANY);
        assertThat(company("{'company_id':['" + COMPANY + "']}")).isEqualTo(COMPANY);
        assertThat(company("{'company_id':['" + COMPANY + "','" + UUID.randomUUID() + "']}"))
                .isNull();
        assertThat(company("{'company_id':'empresa'}")).isNull();
        assertThat(company("{'company_id':{}}")).isNull();
        assertThat(company("{'user_metadata':{'company_id':'" + COMPANY + "'}}"))
                .isNull();
    }

    @Test
    void an_address_is_verified_only_when_the_issuer_says_so() {
        assertThat(verified("{'email_verified':true}", false)).isTrue();
        assertThat(verified("{'email_verified':'true'}", false)).isTrue();
        assertThat(verified("{}", false)).isFalse();
        assertThat(verified("{'user_metadata':{'email_verified':true}}", false)).isFalse();
        assertThat(verified("{}", true)).isTrue();
        assertThat(verified("{'email_verified':false}", true)).isFalse();
    }

    @Test
    void an_address_is_compared_in_small_letters() {
        assertThat(read(config())
                        .of(json("{'sub':'s','email':' Bia@Empresa.Example '}"))
                        .orElseThrow()
                        .email())
                .isEqualTo("bia@empresa.example");
    }

    @Test
    void a_token_of_nobody_is_nobodys() {
        assertThat(read(config()).of(json("{'role':'super_admin'}"))).isEmpty();
        assertThat(read(config()).of(json("{'sub':' '}"))).isEmpty();
    }

    private static String role(String token) {
        return read(config()).of(json(token).put("sub", "s")).orElseThrow().role();
    }

    private static UUID company(String token) {
        return read(config()).of(json(token).put("sub", "s")).orElseThrow().company();
    }

    private static boolean verified(String token, boolean allAre) {
        return read(new Written(List.of("role"), allAre))
                .of(json(token).put("sub", "s"))
                .orElseThrow()
                .emailVerified();
    }

    private static ReadClaims read(ClaimsConfig config) {
        return new ReadClaims(config);
    }

    private static ClaimsConfig config(String... role) {
        return new Written(
                role.length > 0
                        ? List.of(role)
                        : List.of("app_role", "role", "app_metadata.app_role", "app_metadata.role"),
                false);
    }

    private static JsonObject json(String singleQuoted) {
        return new JsonObject(singleQuoted.replace('\'', '"'));
    }

    private record Written(List<String> role, boolean emailsAreVerified) implements ClaimsConfig {

        @Override
        public List<String> company() {
            return List.of("company_id", "app_metadata.company_id");
        }

        @Override
        public List<String> permissions() {
            return List.of("permissions");
        }

        @Override
        public List<String> emailVerified() {
            return List.of("email_verified");
        }
    }
}
