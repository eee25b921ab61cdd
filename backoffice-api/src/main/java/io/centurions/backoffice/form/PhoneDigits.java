package io.centurions.backoffice.form;

import java.util.Locale;
import java.util.Optional;

/**
 * A telephone number as typed, made the digits that the conversation is kept under: with country code, nothing else.
 */
final class PhoneDigits {

    private static final String BRAZIL = "BR";
    private static final String CODE_OF_BRAZIL = "55";

    private PhoneDigits() {}

    /**
     * @param locale of the company: says which country a number without one belongs to
     * @return empty when it can be no telephone number
     */
    static Optional<String> of(String typed, String locale) {
        String digits = typed.replaceAll("\\D", "");
        boolean international = typed.strip().startsWith("+");
        if (!international && digits.startsWith("00")) {
            digits = digits.substring(2);
            international = true;
        }
        // A leading 0 is how a trunk call is dialled inside Brazil.
        String national = digits.replaceFirst("^0+", "");
        boolean brazilian = Locale.forLanguageTag(locale).getCountry().equals(BRAZIL);
        if (!international && brazilian && (national.length() == 10 || national.length() == 11)) {
            digits = CODE_OF_BRAZIL + national;
        }
        return digits.length() >= 8 && digits.length() <= 15 ? Optional.of(digits) : Optional.empty();
    }
}
