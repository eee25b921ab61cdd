package io.centurions.backoffice.modelprice;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;

/**
 * The whole list as it is to be.
 *
 * @param currency in use by ISO 4217; stays what it is once a model was paid, and while any plan or company has a limit of model spend
 * @param models   by the name under which a model is asked
 */
public record WantedPriceList(
        @NotNull @Pattern(regexp = "[A-Z]{3}") String currency,
        @NotNull @Size(max = 500) Map<@NotBlank @Size(max = 200) String, @NotNull @Valid ModelPrice> models) {}
