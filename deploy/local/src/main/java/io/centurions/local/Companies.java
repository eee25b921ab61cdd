package io.centurions.local;

import io.centurions.local.api.Http;
import io.centurions.local.api.SignIn;
import io.centurions.local.companies.CompaniesCommand;
import io.centurions.local.companies.CompaniesWords;
import io.centurions.local.place.Chosen;
import io.centurions.local.place.Home;
import io.centurions.local.place.Ports;
import io.centurions.local.place.Trouble;
import io.centurions.local.plan.Service;
import io.centurions.local.process.Roster;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Companies' schemas, made and migrated through the API: of the fleet that runs here, or of the one that the
 * environment names.
 */
final class Companies {

    private static final String URL = "BACKOFFICE_URL";
    private static final String TOKEN = "FLEET_TOKEN";

    private final Home home;

    Companies(Home home) {
        this.home = home;
    }

    int run(List<String> words) {
        CompaniesWords asked = CompaniesWords.parse(words);
        return new CompaniesCommand(api(System.getenv()), System.out::println).run(asked);
    }

    private Http api(Map<String, String> environment) {
        Optional<String> url = Optional.ofNullable(environment.get(URL));
        Optional<String> token = Optional.ofNullable(environment.get(TOKEN));
        if (url.isPresent()) {
            return new Http(
                    url.get(),
                    Optional.of(token.orElseThrow(() -> new Trouble(
                            URL + " needs " + TOKEN + ": the access token of somebody who may do this there"))));
        }
        Chosen chosen = running();
        return new Http(
                Service.BACKOFFICE.address(chosen.ports()), Optional.of(token.orElseGet(() -> signedIn(chosen))));
    }

    private Chosen running() {
        if (new Roster(home.run()).all().isEmpty()) {
            throw new Trouble("no fleet runs: ./fleet up");
        }
        return Chosen.kept(home).orElseThrow(() -> new Trouble("no fleet runs: ./fleet up"));
    }

    private static String signedIn(Chosen chosen) {
        if (chosen.variables().contains("OIDC_ISSUER")) {
            throw new Trouble("sign-in is your issuer's: set " + TOKEN + " to the access token of an administrator");
        }
        Ports ports = chosen.ports();
        return SignIn.owner(ports);
    }
}
