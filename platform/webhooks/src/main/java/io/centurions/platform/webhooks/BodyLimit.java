package io.centurions.platform.webhooks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The largest body a resource method takes; a larger one is answered 413 before it is handled, and one whose
 * length was not announced is given no further than that. Without it a method takes a MiB, unless it reads the
 * body as a stream and counts for itself.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface BodyLimit {

    /** In MiB. */
    int mebibytes() default 1;

    /** In KiB, in place of {@link #mebibytes()} where that is too coarse; 0 when not used. */
    int kibibytes() default 0;
}
