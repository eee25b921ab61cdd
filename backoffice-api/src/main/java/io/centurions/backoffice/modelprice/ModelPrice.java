package io.centurions.backoffice.modelprice;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;

/**
 * What a model costs, in cents for a million tokens; no whole number, as 7.5 for 75 thousandths of a dollar.
 *
 * @param input  of what is read; of a transcription that tells seconds, for a million of these
 * @param output of what is written
 */
public record ModelPrice(
        @NotNull @DecimalMin("0") @Digits(integer = 9, fraction = 6)
        BigDecimal input,

        @NotNull @DecimalMin("0") @Digits(integer = 9, fraction = 6)
        BigDecimal output) {}
