package io.centurions.backoffice.modelprice;

import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** What models cost the holding, by which the model spend of companies is counted. */
@Path("/v1/model-prices")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PriceListResource {

    private final PriceList prices;

    PriceListResource(PriceList prices) {
        this.prices = prices;
    }

    @GET
    public RestResponse<PriceListView> read() {
        return tagged(prices.read());
    }

    /** The whole list: a model that is left out has no price any more. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<PriceListView> change(
            @HeaderParam("If-Match") String ifMatch, @NotNull @Valid WantedPriceList wanted) {
        return tagged(prices.change(IfMatch.of(ifMatch), wanted));
    }

    private static RestResponse<PriceListView> tagged(PriceListView list) {
        return Tagged.ok(list, list.version());
    }
}
