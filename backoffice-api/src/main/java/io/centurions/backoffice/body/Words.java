package io.centurions.backoffice.body;

import io.quarkus.hibernate.validator.ValidatorFactoryCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.NotBlank;
import java.util.regex.Pattern;
import org.hibernate.validator.BaseHibernateValidatorConfiguration;
import org.hibernate.validator.cfg.ConstraintMapping;

/**
 * What {@code @NotBlank} means here: a reader sees something. The standard's own validator takes a no-break space or a
 * character of no width for a word.
 */
@ApplicationScoped
public class Words implements ValidatorFactoryCustomizer {

    // The last are letters and symbols by their class, and empty all the same: fillers of Hangul and Braille.
    private static final Pattern SEEN =
            Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}&&[^\\u115F\\u1160\\u3164\\uFFA0\\u2800]]");

    /** Whether there is none in a text, which may be null. */
    public static boolean missingIn(CharSequence text) {
        return text == null || !SEEN.matcher(text).find();
    }

    @Override
    public void customize(BaseHibernateValidatorConfiguration<?> configuration) {
        ConstraintMapping ours = configuration.createConstraintMapping();
        ours.constraintDefinition(NotBlank.class)
                .includeExistingValidators(false)
                .validatedBy(Required.class);
        configuration.addMapping(ours);
    }

    /** Says so to the validator. */
    public static final class Required implements ConstraintValidator<NotBlank, CharSequence> {

        @Override
        public boolean isValid(CharSequence text, ConstraintValidatorContext context) {
            return !missingIn(text);
        }
    }
}
