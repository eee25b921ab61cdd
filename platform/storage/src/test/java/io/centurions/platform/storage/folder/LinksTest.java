package io.centurions.platform.storage.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.storage.Download;
import io.centurions.platform.storage.ObjectRef;
import io.centurions.platform.storage.StorageUnavailable;
import io.centurions.platform.storage.folder.Links.Ticket;
import io.centurions.platform.storage.folder.Links.Verdict;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LinksTest {

    private static final String OLD = "the-key-that-was-used-until-yesterday";
    private static final String NEW = "the-key-that-is-used-from-today-on-ok";
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final ObjectRef OBJECT = new ObjectRef(CompanyId.random(), UUID.randomUUID());
    private static final Download CONTRACT = new Download("ação & co+mais.pdf", "application/pdf");

    private final Links links = new Links(TestConfig.signing(NEW));

    @Test
    void an_address_of_ours_is_good_until_it_expires() {
        Ticket ticket = ticket(links.sign(OBJECT, CONTRACT, NOON.plusSeconds(60)));

        assertThat(links.check("GET", OBJECT, ticket, NOON)).isEqualTo(Verdict.GOOD);
        assertThat(links.check("GET", OBJECT, ticket, NOON.plusSeconds(59))).isEqualTo(Verdict.GOOD);
        assertThat(links.check("GET", OBJECT, ticket, NOON.plusSeconds(60))).isEqualTo(Verdict.EXPIRED);
        assertThat(ticket.name()).isEqualTo(CONTRACT.name());
    }

    @Test
    void nothing_in_it_can_be_changed() {
        Ticket good = ticket(links.sign(OBJECT, CONTRACT, NOON.plusSeconds(60)));
        var otherCompany = new ObjectRef(CompanyId.random(), OBJECT.id());
        var otherObject = new ObjectRef(OBJECT.company(), UUID.randomUUID());

        assertThat(links.check("PUT", OBJECT, good, NOON)).isEqualTo(Verdict.FORGED);
        assertThat(links.check("HEAD", OBJECT, good, NOON)).isEqualTo(Verdict.FORGED);
        assertThat(links.check("GET", otherCompany, good, NOON)).isEqualTo(Verdict.FORGED);
        assertThat(links.check("GET", otherObject, good, NOON)).isEqualTo(Verdict.FORGED);
        for (Ticket changed : List.of(
                new Ticket("outro.pdf", good.type(), good.expires(), good.signature()),
                new Ticket(good.name(), "text/html", good.expires(), good.signature()),
                new Ticket(good.name(), good.type(), good.expires() + "0", good.signature()),
                new Ticket(
                        good.name(),
                        good.type(),
                        good.expires(),
                        good.signature().substring(1) + "A"),
                new Ticket(good.name(), good.type(), good.expires(), ""),
                new Ticket(good.name(), good.type(), good.expires(), "%%%"),
                new Ticket(good.name() + "\n" + good.type(), "", good.expires(), good.signature()),
                new Ticket(null, good.type(), good.expires(), good.signature()),
                new Ticket(good.name(), good.type(), "soon", good.signature()))) {
            assertThat(links.check("GET", OBJECT, changed, NOON))
                    .as(changed.toString())
                    .isEqualTo(Verdict.FORGED);
        }
    }

    @Test
    void a_key_is_changed_while_addresses_that_the_old_one_signed_are_still_good() {
        Ticket before = ticket(new Links(TestConfig.signing(OLD)).sign(OBJECT, CONTRACT, NOON.plusSeconds(60)));
        Links both = new Links(TestConfig.signing(NEW, OLD));

        assertThat(both.check("GET", OBJECT, before, NOON)).isEqualTo(Verdict.GOOD);
        assertThat(links.check("GET", OBJECT, before, NOON)).isEqualTo(Verdict.FORGED);
        Ticket after = ticket(both.sign(OBJECT, CONTRACT, NOON.plusSeconds(60)));
        assertThat(links.check("GET", OBJECT, after, NOON)).isEqualTo(Verdict.GOOD);
    }

    @Test
    void without_a_key_of_some_length_nothing_is_signed_and_nothing_is_ours() {
        Ticket ticket = ticket(links.sign(OBJECT, CONTRACT, NOON.plusSeconds(60)));

        for (Links keyless : List.of(new Links(TestConfig.signing()), new Links(TestConfig.signing("short")))) {
            assertThat(keyless.check("GET", OBJECT, ticket, NOON)).isEqualTo(Verdict.FORGED);
            assertThatThrownBy(() -> keyless.sign(OBJECT, CONTRACT, NOON))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessageContaining("STORAGE_SIGNING_KEY");
        }
    }

    @Test
    void an_address_is_relative_where_ours_is_not_known() {
        assertThat(links.sign(OBJECT, CONTRACT, NOON).toString()).startsWith("/public/files/" + OBJECT.key() + "?");
        assertThat(new Links(TestConfig.at("https://api.example/"))
                        .sign(OBJECT, CONTRACT, NOON)
                        .toString())
                .startsWith("https://api.example/public/files/" + OBJECT.key() + "?");
    }

    private static Ticket ticket(URI address) {
        Map<String, String> said = Arrays.stream(address.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return new Ticket(said.get("name"), said.get("type"), said.get("expires"), said.get("signature"));
    }
}
