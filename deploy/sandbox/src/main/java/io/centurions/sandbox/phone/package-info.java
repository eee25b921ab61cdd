/**
 * The lead's telephone: what a lead writes goes to a simulated channel, what the Centurion answers is seen here with
 * ticks and "digitando…". Knows the channels only as {@link io.centurions.sandbox.phone.Channel}.
 */
package io.centurions.sandbox.phone;
