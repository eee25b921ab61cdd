package io.centurions.local.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.local.place.Trouble;
import org.junit.jupiter.api.Test;

class DatabaseAddressTest {

    @Test
    void services_get_the_address_without_the_login() {
        var address =
                DatabaseAddress.parse("DATABASE_URL", "postgresql://ana:p%40ss@db.example:6543/shop?sslmode=require");

        assertThat(address.forServices()).isEqualTo("postgresql://db.example:6543/shop?sslmode=require");
        assertThat(address.jdbc()).isEqualTo("jdbc:postgresql://db.example:6543/shop?sslmode=require");
        assertThat(address.user()).isEqualTo("ana");
        assertThat(address.password()).isEqualTo("p@ss");
        assertThat(address.login("runtime_app")).isEqualTo("runtime_app");
    }

    @Test
    void a_plus_in_a_password_stays_a_plus() {
        assertThat(DatabaseAddress.parse("DATABASE_URL", "postgres://a:b+c@h/d").password())
                .isEqualTo("b+c");
    }

    @Test
    void a_pooler_that_wants_a_tenant_gets_it_with_every_login() {
        var address =
                DatabaseAddress.parse("DATABASE_URL", "postgresql://postgres.abcdef:x@pooler.example:6543/postgres");

        assertThat(address.login("runtime_app")).isEqualTo("runtime_app.abcdef");
    }

    @Test
    void a_malformed_address_is_named_but_its_password_not_shown() {
        assertThatThrownBy(() -> DatabaseAddress.parse("DATABASE_URL", "mysql://root:geheim@h/d"))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("DATABASE_URL must read")
                .hasMessageNotContaining("geheim");
    }
}
