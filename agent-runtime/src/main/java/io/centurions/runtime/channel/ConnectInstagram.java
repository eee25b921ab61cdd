package io.centurions.runtime.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.runtime.deliver.AccessTokens;
import io.centurions.runtime.deliver.instagram.InstagramClient;
import io.centurions.runtime.deliver.instagram.InstagramClient.Answer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Has Meta say whose a token is: an account's messages are for whoever has a token of it. Webhooks need no
 * registration: a Meta app has one callback address for all its accounts.
 */
@ApplicationScoped
class ConnectInstagram {

    private final AccessTokens tokens;
    private final InstagramClient instagram;

    ConnectInstagram(AccessTokens tokens, InstagramClient instagram) {
        this.tokens = tokens;
        this.instagram = instagram;
    }

    ConnectResult connect(CompanyId company, InstanceId instance) {
        Optional<String> token = tokens.accessToken(company, instance);
        if (token.isEmpty()) {
            return new ConnectResult.Refused("no-token");
        }
        return switch (instagram.account(company, token.get())) {
            case Answer.Ok(JsonNode account) -> of(account, tokens.account(company, instance));
            case Answer.No no ->
                no.refusesToken() || no.lacksPermission()
                        ? new ConnectResult.Refused("token-refused")
                        : new ConnectResult.TryLater();
            case Answer.Silent silent -> new ConnectResult.TryLater();
        };
    }

    // Beside user_id there is id, which is the account's for our app alone and in no webhook. Who names none is not
    // Meta.
    static ConnectResult of(JsonNode account, Optional<String> named) {
        String id = account.path("user_id").asText("");
        if (id.isBlank()) {
            return new ConnectResult.TryLater();
        }
        return named.filter(id::equals).isPresent()
                ? new ConnectResult.Connected(id, account.path("username").asText(), "webhook")
                : new ConnectResult.Refused("token-of-another-account");
    }
}
