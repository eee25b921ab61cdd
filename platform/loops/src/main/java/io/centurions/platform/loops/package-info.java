/**
 * The one shape of a background loop: claim, run each piece on a virtual thread, wait for a wake, the next due moment or the
 * poll. It promises a clean stop: nothing new is claimed and what runs is waited for. {@link
 * io.centurions.platform.loops.Places} keeps one company from having all that is done at once. It must not know what it claims.
 */
package io.centurions.platform.loops;
