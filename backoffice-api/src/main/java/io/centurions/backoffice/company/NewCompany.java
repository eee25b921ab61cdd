package io.centurions.backoffice.company;

import io.centurions.backoffice.iso.IsoCodes;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * A company that somebody wants.
 *
 * @param slug     left out: made of the name
 * @param timeZone IANA name; left out: America/Sao_Paulo
 * @param locale   BCP 47 in its canonical spelling; left out: pt-BR
 * @param currency in use by ISO 4217; left out: BRL
 */
public record NewCompany(
        @NotBlank @Size(max = 200) String name,
        @Size(max = 40) String slug,
        @Size(max = 60) String timeZone,
        @Pattern(regexp = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*") String locale,
        @Pattern(regexp = "[A-Z]{3}") String currency) {

    public NewCompany {
        timeZone = timeZone == null ? "America/Sao_Paulo" : timeZone;
        locale = locale == null ? "pt-BR" : locale;
        currency = currency == null ? "BRL" : currency;
    }

    Slug chosenSlug() {
        return slug == null || slug.isBlank() ? Slug.ofName(name) : new Slug(slug);
    }

    /** 400 for a time zone, language or currency that there is not, or is spelled otherwise. */
    void check() {
        CompanyChange.checkTimeZone(timeZone);
        IsoCodes.checkLocale(locale);
        IsoCodes.checkCurrency(currency);
    }
}
