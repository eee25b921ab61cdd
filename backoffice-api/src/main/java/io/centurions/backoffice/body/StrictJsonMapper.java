package io.centurions.backoffice.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

/**
 * Refuses a body with a field that is not asked for, one that comes twice, or more behind it: a PUT replaces the
 * whole thing, so a misspelt field would silently take back what stands there. Of what other services answer and
 * what the database keeps unknown fields are passed over as ever.
 */
@Provider
@ConstrainedTo(RuntimeType.SERVER)
public class StrictJsonMapper implements ContextResolver<ObjectMapper> {

    private final ObjectMapper strict;

    StrictJsonMapper(ObjectMapper json) {
        strict = json.copy()
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        strict.getFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }

    @Override
    public ObjectMapper getContext(Class<?> type) {
        return strict;
    }
}
