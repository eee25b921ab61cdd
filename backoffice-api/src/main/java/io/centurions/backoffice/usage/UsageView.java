package io.centurions.backoffice.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a company uses.
 *
 * @param month        the first day of the current month, by the company's time zone
 * @param currency     of every amount of model spend, which is in cents
 * @param limits       leads, instances, people, modelSpend, fileBytes, also where there is no limit
 * @param leadsWaiting leads of any month for whom the plan has no room, or none for what models cost: people answer
 *                     them, no machine does
 * @param months       the newest first, the current one among them once something was counted
 * @param alerts       of the current month
 */
public record UsageView(
        UUID companyId,
        LocalDate month,
        String currency,
        List<Used> limits,
        long leadsWaiting,
        List<Month> months,
        List<Alert> alerts) {

    /**
     * One limit and how far it is used up.
     *
     * @param used    in the current month, or now
     * @param most    null: no limit
     * @param then    block, notify or allow; null without a limit
     * @param percent null without a limit, and for a limit of nothing
     */
    @Schema(name = "UsageLimit")
    public record Used(String what, long used, Long most, String then, Long percent) {

        static Used of(String what, long used, Long most, String then) {
            return new Used(what, used, most, then, most == null || most == 0 ? null : used * 100 / most);
        }
    }

    /**
     * A month's numbers.
     *
     * @param unpricedTokens of models that have no price: not in modelSpend
     */
    @Schema(name = "UsageMonth")
    public record Month(
            LocalDate month, long leads, long modelSpend, long inputTokens, long outputTokens, long unpricedTokens) {}

    /** That a limit was used up so far, told once a month. */
    @Schema(name = "UsageAlert")
    public record Alert(String what, int threshold, long used, long most, Instant raisedAt) {}
}
