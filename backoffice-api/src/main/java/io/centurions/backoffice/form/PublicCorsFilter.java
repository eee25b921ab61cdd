package io.centurions.backoffice.form;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Lets a company's own site post to the public door, and read the answer, errors too. Nothing else is opened.
 */
class PublicCorsFilter {

    private final PublicOrigin origin;

    PublicCorsFilter(PublicOrigin origin) {
        this.origin = origin;
    }

    @ServerResponseFilter
    void allow(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getUriInfo().getPath().startsWith("/public/leads")) {
            origin.allowed().ifPresent(site -> response.getHeaders().putSingle("Access-Control-Allow-Origin", site));
            response.getHeaders().putSingle("Vary", "Origin");
            response.getHeaders().putSingle("Access-Control-Allow-Methods", "POST, OPTIONS");
            response.getHeaders().putSingle("Access-Control-Allow-Headers", "Content-Type");
            response.getHeaders().putSingle("Access-Control-Max-Age", "86400");
        }
    }
}
