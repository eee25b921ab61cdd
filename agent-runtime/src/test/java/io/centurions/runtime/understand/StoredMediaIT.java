package io.centurions.runtime.understand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.contracts.id.MessageId;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file of three bytes that WhatsApp's gateway has put into the database. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class StoredMediaIT {

    @Inject
    StoredMedia stored;

    private CompanyId company;
    private final MessageId message = MessageId.random();

    @BeforeEach
    void a_file() {
        company = Companies.make("guarda").company();
        Admin.get()
                .execute(
                        "INSERT INTO core.media (company_id, message_id, state, mime_type, bytes, location)"
                                + " VALUES (?, ?, 'stored', 'audio/ogg', 3, 'core.media_files')",
                        company.value(),
                        message.value());
        Admin.get()
                .execute(
                        "INSERT INTO core.media_files (company_id, message_id, content) VALUES (?, ?, 'abc'::bytea)",
                        company.value(),
                        message.value());
    }

    @Test
    void it_is_had_by_whoever_wants_as_much() {
        assertThat(fetched(3))
                .hasValueSatisfying(file -> assertThat(file.bytes()).containsExactly('a', 'b', 'c'));
    }

    @Test
    void it_is_left_where_it_is_by_whoever_wants_less() {
        assertThatThrownBy(() -> fetched(2)).isInstanceOf(TooLong.class);
    }

    private Optional<MediaSource.Fetched> fetched(int most) {
        return stored.fetch(new MediaSource.Wanted(
                company,
                InstanceId.random(),
                message,
                MediaKind.AUDIO,
                MissingNode.getInstance(),
                most,
                MediaPatience.of(Duration.ofSeconds(5))));
    }
}
