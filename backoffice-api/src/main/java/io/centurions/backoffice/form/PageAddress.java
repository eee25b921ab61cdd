package io.centurions.backoffice.form;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of the page that a form was on; of a repeated one the first counts, and case is kept. */
final class PageAddress {

    private PageAddress() {}

    static Map<String, String> parameters(String address) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String query = query(address);
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String query(String address) {
        if (address == null) {
            return "";
        }
        try {
            String query = URI.create(address.strip()).getRawQuery();
            return query == null ? "" : query;
        } catch (IllegalArgumentException e) {
            // Sites send what the address bar holds, also what no URI may hold: then the part after ? is cut out.
            int mark = address.indexOf('?');
            return mark < 0 ? "" : address.substring(mark + 1).replaceFirst("#.*", "");
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A stray % is part of the value.
            return text;
        }
    }
}
