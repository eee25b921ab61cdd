/**
 * Calls to whoever is not us: one HTTP exchange with an honest end, limits per provider and company, a breaker, rests of
 * accounts that a provider has limited, and repeats where they are safe. Must not know any provider's words.
 */
package io.centurions.platform.providers;
