package io.centurions.local;

import io.centurions.local.place.Chosen;
import io.centurions.local.place.Home;
import io.centurions.local.place.Ports;
import io.centurions.local.place.Trouble;
import io.centurions.local.plan.Part;
import io.centurions.local.plan.Parts;
import io.centurions.local.plan.Plan;
import io.centurions.local.plan.Service;
import io.centurions.local.process.Roster;
import io.centurions.local.process.Running;
import io.centurions.local.show.Table;
import java.util.List;

/** Where everything is: a table for people, and options on one line for the story. */
final class Addresses {

    private final Home home;

    Addresses(Home home) {
        this.home = home;
    }

    /** Prints the options with which the story is started. Ends with 1 when no process of the fleet runs. */
    int run() {
        List<Running> running = new Roster(home.run()).all();
        if (running.isEmpty()) {
            throw new Trouble("no fleet runs: ./fleet up");
        }
        Ports ports = Chosen.kept(home).map(Chosen::ports).orElseThrow(() -> new Trouble("no fleet runs: ./fleet up"));
        System.out.println(
                "--backoffice " + Service.BACKOFFICE.address(ports) + " --sandbox http://localhost:" + ports.sandbox());
        return 0;
    }

    List<String> table(Fleet fleet) {
        Ports ports = fleet.ports();
        Parts parts = fleet.parts();
        String sandbox = "http://localhost:" + ports.sandbox();
        Table table = new Table();
        table.row("phone", sandbox + "/", "write to the demo company as a lead");
        table.row(
                "sign-in",
                parts.given("OIDC_ISSUER").orElse(sandbox + "/oidc"),
                parts.isReal(Part.ISSUER) ? "your issuer" : "owner@centurions.test / owner");
        Plan.replicas(fleet.chosen())
                .forEach(one -> table.row(
                        one.name(),
                        one.address() + "/q/swagger-ui",
                        one.managementAddress() + "/q/health  /q/metrics"));
        table.row(
                "PostgreSQL",
                parts.isReal(Part.POSTGRES) ? "as in DATABASE_URL" : "localhost:" + ports.postgres() + "/centurions",
                "");
        table.row("Redis", parts.isReal(Part.REDIS) ? "as in REDIS_URL" : "localhost:" + ports.redis(), "");
        table.row("logs", home.shown(home.logs()), "./fleet logs <name>");
        return table.lines();
    }
}
