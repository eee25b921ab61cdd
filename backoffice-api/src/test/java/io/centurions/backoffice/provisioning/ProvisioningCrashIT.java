package io.centurions.backoffice.provisioning;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.cut.EveryStep;
import io.centurions.platform.testkit.cut.Plan;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/**
 * The connection is cut before and after each statement of the making of a company, which leaves what
 * a process leaves that is killed there. However it is finished, the company is equal to one that
 * nothing interrupted.
 */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ProvisioningCrashIT {

    @Inject
    Sweep sweep;

    @Test
    void a_making_that_is_cut_anywhere_is_finished_by_a_repeated_request() {
        var fresh = Api.aCompany("inteira");

        EveryStep.cut(
                () -> NewCompanyAsked.and(
                        fresh, company -> Api.owner().post("/v1/companies/" + company + "/provision")),
                eachStep());
    }

    @Test
    void a_making_that_is_cut_anywhere_is_finished_by_the_sweep() {
        var fresh = Api.aCompany("inteira");

        EveryStep.cut(
                () -> NewCompanyAsked.and(fresh, company -> {
                    Sweep.standStill(company);
                    sweep.run();
                }),
                eachStep());
    }

    private static Plan eachStep() {
        return Plan.at("database")
                .eachTime(
                        "reserve_company_v1",
                        "INSERT INTO core.companies",
                        "INSERT INTO core.company_provisionings",
                        "UPDATE core.company_provisioning_steps",
                        "provision_company_v1",
                        "INSERT INTO core.centurion_configs",
                        "SET status = 'active'",
                        "INSERT INTO core.outbox_backoffice",
                        "COMMIT");
    }
}
