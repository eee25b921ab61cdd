package io.centurions.platform.testkit.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A service keeps companies apart that share its few connections, wherever these lead. */
public abstract class InterleavingProof {

    /** The first column of what a statement finds when the service asks it on behalf of a company. */
    protected abstract List<UUID> ask(UUID company, String sql);

    @Test
    public void ten_thousand_interleaved_requests_of_twenty_companies_read_no_foreign_row() {
        var result = Interleaved.requests(this::ask);

        assertThat(result.foreign()).isEmpty();
        assertThat(result.answered()).isEqualTo(Interleaved.count());
    }
}
