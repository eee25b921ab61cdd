/**
 * How this process waits and tells the time, so that rules about time are tested without spending it. Loops themselves are
 * {@code platform/loops}.
 */
package io.centurions.runtime.loop;
