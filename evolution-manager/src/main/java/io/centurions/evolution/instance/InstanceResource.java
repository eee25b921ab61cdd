package io.centurions.evolution.instance;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.evolution.evolution.ConnectionReport;
import io.centurions.platform.access.Callers;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import java.util.function.Function;

/** WhatsApp instances, for the other services. An instance that nobody provided is 404, a server that cannot now is 503. */
@Path("/internal/instances/{id}")
@RolesAllowed(Callers.BACKOFFICE_API)
@RunOnVirtualThread
public class InstanceResource {

    private final ProvideInstance provide;
    private final CommandInstance command;
    private final ApplyConnectionReport apply;

    InstanceResource(ProvideInstance provide, CommandInstance command, ApplyConnectionReport apply) {
        this.provide = provide;
        this.command = command;
        this.apply = apply;
    }

    /**
     * What is to be provided.
     *
     * @param name what the instance is called at the server; unique in the installation
     */
    @RegisterForReflection
    public record InstanceRequest(
            @NotNull UUID companyId,

            @NotBlank @Size(max = 80) @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9_.-]*")
            String name) {}

    @PUT
    public InstanceView provide(@PathParam("id") UUID id, @NotNull @Valid InstanceRequest request) {
        InstanceId instance = InstanceId.of(id);
        CompanyId company = CompanyId.of(request.companyId());
        apply.apply(company, instance, provide.provide(company, instance, request.name()));
        return InstanceView.of(command.known(instance));
    }

    @GET
    public InstanceView look(@PathParam("id") UUID id) {
        return InstanceView.of(command.known(InstanceId.of(id)));
    }

    /** Asks for a QR, or for a code to type when the number of the phone is given. */
    @POST
    @Path("/connect")
    public InstanceView connect(
            @PathParam("id") UUID id, @QueryParam("number") @Pattern(regexp = "\\d{8,15}") String number) {
        return commanded(id, instance -> command.connect(instance, number));
    }

    @POST
    @Path("/restart")
    public InstanceView restart(@PathParam("id") UUID id) {
        return commanded(id, command::restart);
    }

    @POST
    @Path("/logout")
    public InstanceView logOut(@PathParam("id") UUID id) {
        return commanded(id, command::logOut);
    }

    @DELETE
    public void delete(@PathParam("id") UUID id) {
        command.delete(command.known(InstanceId.of(id)));
    }

    private InstanceView commanded(UUID id, Function<WhatsAppInstance, ConnectionReport> act) {
        WhatsAppInstance instance = command.known(InstanceId.of(id));
        apply.apply(instance.company(), instance.id(), act.apply(instance));
        return InstanceView.of(command.known(instance.id()));
    }
}
