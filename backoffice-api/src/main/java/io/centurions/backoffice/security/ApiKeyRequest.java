package io.centurions.backoffice.security;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** A request that carries what may be an API key. */
class ApiKeyRequest extends BaseAuthenticationRequest {

    private final String sent;

    ApiKeyRequest(String sent) {
        this.sent = sent;
    }

    String sent() {
        return sent;
    }
}
