package io.centurions.local.api;

import io.centurions.local.place.Ports;
import java.util.Optional;

/** Signs in where a person would. */
public final class SignIn {

    private SignIn() {}

    /** The token of the owner whom the simulated issuer knows. */
    public static String owner(Ports ports) {
        return new Http("http://localhost:" + ports.sandbox(), Optional.empty())
                .postForm(
                        "/oidc/token",
                        "grant_type=password&client_id=backoffice-web&username=owner%40centurions.test&password=owner")
                .path("access_token")
                .asText();
    }
}
