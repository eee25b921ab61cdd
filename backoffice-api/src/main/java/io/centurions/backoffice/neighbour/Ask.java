package io.centurions.backoffice.neighbour;

import io.quarkus.oidc.client.OidcClientException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Makes one call to another service and sorts the ways in which it can end. */
public final class Ask {

    private static final Logger LOG = Logger.getLogger(Ask.class);

    private Ask() {}

    /**
     * @param service name of the neighbour, for the reason and the log
     * @param call    through its REST client
     */
    public static <T> Answer<T> of(String service, Supplier<T> call) {
        try {
            return new Answer.Given<>(call.get());
        } catch (WebApplicationException e) {
            int status = e.getResponse().getStatus();
            // Our own token being refused is our configuration's fault, not the person's who asked us.
            if (status >= 500 || status == 401 || status == 403 || status == 429) {
                LOG.warnf("%s answered %d, the caller may repeat", service, status);
                return new Answer.Unreachable<>(service + "-unavailable");
            }
            return new Answer.Refused<>(status, e.getResponse().readEntity(String.class));
        } catch (ProcessingException | OidcClientException e) {
            LOG.warnf(
                    "%s could not be asked, the caller may repeat: %s",
                    service, e.getClass().getSimpleName());
            return new Answer.Unreachable<>(service + "-unavailable");
        }
    }
}
