package io.centurions.backoffice.iso;

import io.centurions.platform.problem.Problem;
import java.util.Currency;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which currencies and languages there are: a code of the right form may still mean nothing. */
public final class IsoCodes {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    // Of each country today: neither what was before the euro nor gold and test codes.
    private static final Set<String> CURRENCIES = COUNTRIES.stream()
            .map(country -> Currency.getInstance(Locale.of("", country)))
            .filter(currency -> currency != null)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    // Beside those of two letters some of three, and regions greater than a country, as 419.
    private static final Set<String> LANGUAGES = with(Stream.of(Locale.getISOLanguages()), Locale::getLanguage);
    private static final Set<String> REGIONS = with(COUNTRIES.stream(), Locale::getCountry);

    private IsoCodes() {}

    /** 400 for what no country pays with today. */
    public static void checkCurrency(String code) {
        if (!CURRENCIES.contains(code)) {
            throw wrong("currency", "is no currency in use by ISO 4217");
        }
    }

    /** 400 for a language or a region that there is not, and for one spelled otherwise than all who read it expect. */
    public static void checkLocale(String tag) {
        String canonical = read(tag)
                .filter(IsoCodes::isKnown)
                .orElseThrow(() -> wrong("locale", "is no language by BCP 47"))
                .toLanguageTag();
        if (!canonical.equals(tag)) {
            throw wrong("locale", "is spelled " + canonical + " by BCP 47");
        }
    }

    // Locale.forLanguageTag leaves out what it cannot read without a word.
    private static Optional<Locale> read(String tag) {
        try {
            return Optional.of(new Locale.Builder().setLanguageTag(tag).build());
        } catch (IllformedLocaleException e) {
            return Optional.empty();
        }
    }

    private static boolean isKnown(Locale locale) {
        return LANGUAGES.contains(locale.getLanguage())
                && (locale.getCountry().isEmpty() || REGIONS.contains(locale.getCountry()));
    }

    private static Problem wrong(String field, String demand) {
        return Problem.invalid(List.of(new Problem.FieldError(field, demand)));
    }

    private static Set<String> with(Stream<String> codes, Function<Locale, String> more) {
        return Stream.concat(codes, Stream.of(Locale.getAvailableLocales()).map(more))
                .filter(code -> !code.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
