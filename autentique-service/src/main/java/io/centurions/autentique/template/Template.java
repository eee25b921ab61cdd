package io.centurions.autentique.template;

import java.util.List;
import java.util.UUID;

/**
 * One version of the text of a contract.
 *
 * @param id      this version, not the name: a contract keeps the text it was made from
 * @param name    what people call it; versions share it
 * @param version from 1, without gaps
 * @param body    plain text with {@code {{fields}}}
 * @param fields  names of the fields in the order of their first use
 */
public record Template(UUID id, String name, int version, String body, List<String> fields) {

    public Template {
        fields = List.copyOf(fields);
    }
}
