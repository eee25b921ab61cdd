package io.centurions.backoffice.provisioning;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The making of a company as people see it.
 *
 * @param state      running, done, failed or undone
 * @param reason     why it failed; null otherwise
 * @param steps      in their order
 * @param finishedAt when it was done or undone; null before
 */
public record ProvisioningView(
        UUID companyId,
        String state,
        String reason,
        List<StepView> steps,
        Instant startedAt,
        Instant finishedAt,
        Instant updatedAt,
        int version) {

    /**
     * One step.
     *
     * @param state    waiting, running, done, failed or undone; a step stays running while what was killed in
     *         it is not resumed
     * @param attempts how often it was begun
     * @param reason   why it failed; null otherwise
     */
    public record StepView(
            String step, String state, int attempts, String reason, Instant startedAt, Instant finishedAt) {}
}
