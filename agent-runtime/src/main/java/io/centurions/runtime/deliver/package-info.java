/**
 * Delivers what was planned on Instagram and Telegram: one lease per conversation, bubbles in order, paced like a person
 * typing. Hands on: an outcome for each bubble. Whether a bubble may go out is decided by the database alone; what a
 * provider's answer means is decided in the provider's package below.
 */
package io.centurions.runtime.deliver;
