package io.centurions.backoffice.centurion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.backoffice.setting.Finding;
import io.centurions.contracts.id.CompanyId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says everything that keeps a configuration from being published, whoever wrote it and wherever it
 * comes from.
 */
@ApplicationScoped
class CheckConfig {

    private final ObjectMapper json;
    private final Validator validator;
    private final Publishable publishable;

    CheckConfig(ObjectMapper json, Validator validator, Publishable publishable) {
        this.json = json;
        this.validator = validator;
        this.publishable = publishable;
    }

    /**
     * All findings at once, in the order of their places; a value of the wrong type hides what else there is.
     *
     * @param company which is to publish it
     * @param config  as somebody sent it
     */
    List<Finding> findings(CompanyId company, JsonNode config) {
        if (!config.isObject()) {
            return List.of(new Finding("", "a configuration is a JSON object"));
        }
        try {
            return findings(company, json.treeToValue(config, CenturionConfig.class));
        } catch (JsonMappingException wrong) {
            return List.of(new Finding(pointer(wrong), "it has another type than is expected here"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot read JSON that was read before", e);
        }
    }

    private List<Finding> findings(CompanyId company, CenturionConfig config) {
        List<Finding> findings = new ArrayList<>(publishable.findings(company, config));
        for (ConstraintViolation<CenturionConfig> violation : validator.validate(config)) {
            findings.add(new Finding(pointer(violation), violation.getMessage()));
        }
        return findings.stream()
                .sorted(Comparator.comparing(Finding::pointer).thenComparing(Finding::message))
                .toList();
    }

    // criteria[0].key becomes /criteria/0/key; an element of a list brings a name in angle brackets.
    private static String pointer(ConstraintViolation<?> violation) {
        String path = violation.getPropertyPath().toString().replaceAll("\\.?<[^>]*>", "");
        return "/" + path.replace("]", "").replaceAll("[\\[.]", "/");
    }

    private static String pointer(JsonMappingException wrong) {
        return wrong.getPath().stream()
                .map(part -> "/" + (part.getFieldName() == null ? part.getIndex() : part.getFieldName()))
                .collect(Collectors.joining());
    }
}
