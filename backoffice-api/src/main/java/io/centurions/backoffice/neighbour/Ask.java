package io.centurions.backoffice.neighbour;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.backoffice.neighbour.Answer.Unreachable;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Guarded.Done;
import io.centurions.platform.providers.Guarded.Held;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.RetryAfter;
import io.quarkus.oidc.client.OidcClientException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Makes one call to another service and sorts the ways in which it can end. A neighbour that hangs or fails for one company is not
 * asked for it for a while, and takes no places from the others.
 */
@ApplicationScoped
public class Ask {

    /** Stands for the holding itself, whose calls have places of their own too. */
    public static final CompanyId HOLDING = CompanyId.of(new UUID(0, 0));

    private static final String NO_TOKEN = "issuer-unavailable";

    private static final String PROVIDER_AWAY_TYPE = "urn:centurions:problem:" + Unreachable.PROVIDER_AWAY;
    private static final MediaType PROBLEM = new MediaType("application", "problem+json");

    private static final Logger LOG = Logger.getLogger(Ask.class);

    private final Providers neighbours;
    private final ObjectMapper json;

    Ask(Providers neighbours, ObjectMapper json) {
        this.neighbours = neighbours;
        this.json = json;
    }

    /**
     * @param service name of the neighbour, for the reason and the log
     * @param company for whom it is asked
     * @param call    through its REST client
     */
    public <T> Answer<T> of(String service, CompanyId company, Supplier<T> call) {
        try {
            return asked(service, company, call);
        } catch (OidcClientException e) {
            // It was not asked, so this says nothing of it and does not count against it. What the issuer said is in
            // the
            // log already, with its address; the message may be a page of it.
            LOG.warnf("%s could not be asked without a token of the issuer, the caller may repeat", service);
            return new Unreachable<>(NO_TOKEN);
        }
    }

    private <T> Answer<T> asked(String service, CompanyId company, Supplier<T> call) {
        return switch (neighbours.named(service).run(company, () -> answer(service, call), Ask::showsIllness)) {
            case Done<Answer<T>>(Answer<T> answer) -> answer;
            case Held<Answer<T>>(String reason, Duration after) -> {
                LOG.warnf("%s is not asked (%s), the caller may repeat company_id=%s", service, reason, company);
                yield new Unreachable<>(service + "-unavailable");
            }
        };
    }

    // One account that its provider limits, or too much at once of one kind, says nothing of the service, which others
    // need.
    private static boolean showsIllness(Answer<?> answer) {
        return answer instanceof Unreachable<?> away && !away.isWell();
    }

    // A token may be refused before its time, when the issuer has changed its keys; the client gets another for
    // the next call. A call that is refused for its token has done nothing yet.
    private static <T> T onceMoreIfUnauthorized(Supplier<T> call) {
        try {
            return call.get();
        } catch (WebApplicationException e) {
            if (e.getResponse().getStatus() == 401) {
                return call.get();
            }
            throw e;
        }
    }

    private <T> Answer<T> answer(String service, Supplier<T> call) {
        try {
            return new Answer.Given<>(onceMoreIfUnauthorized(call));
        } catch (WebApplicationException e) {
            int status = e.getResponse().getStatus();
            if (status == 503) {
                JsonNode problem = problem(e.getResponse());
                if (problem.path("type").asText().equals(PROVIDER_AWAY_TYPE)) {
                    LOG.infof("%s says that its provider does not do it now, the caller may repeat", service);
                    return providerAway(e.getResponse().getHeaderString(HttpHeaders.RETRY_AFTER), problem);
                }
            }
            if (status == 429) {
                LOG.infof("%s has too much to do at once, the caller may repeat", service);
                return new Unreachable<>(Unreachable.BUSY);
            }
            // Our own token being refused is our configuration's fault, not the person's who asked us.
            if (status >= 500 || status == 401 || status == 403) {
                LOG.warnf("%s answered %d, the caller may repeat", service, status);
                return new Unreachable<>(service + "-unavailable");
            }
            return new Answer.Refused<>(status, e.getResponse().readEntity(String.class));
        } catch (ProcessingException e) {
            LOG.warnf(
                    "%s could not be asked, the caller may repeat: %s",
                    service, e.getClass().getSimpleName());
            return new Unreachable<>(service + "-unavailable");
        }
    }

    private static <T> Unreachable<T> providerAway(String retryAfter, JsonNode problem) {
        return new Unreachable<>(
                Unreachable.PROVIDER_AWAY,
                RetryAfter.parse(retryAfter, Instant.now()).orElse(Unreachable.SOON),
                problem.path("detail").textValue());
    }

    // A missing node when it is none: a gateway before the service answers too, with a page of its own.
    private JsonNode problem(Response response) {
        try {
            return PROBLEM.isCompatible(response.getMediaType())
                    ? json.readTree(response.readEntity(String.class))
                    : json.missingNode();
        } catch (JsonProcessingException notJson) {
            return json.missingNode();
        }
    }
}
