package io.centurions.capi.mapping;

import java.math.BigDecimal;

/**
 * An amount.
 *
 * @param cents    hundredths of the currency
 * @param currency ISO 4217
 */
public record Money(long cents, String currency) {

    /** In whole units, as Meta wants it. */
    public BigDecimal units() {
        return BigDecimal.valueOf(cents, 2);
    }
}
