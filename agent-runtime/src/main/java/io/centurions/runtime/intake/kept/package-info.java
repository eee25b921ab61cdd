/**
 * The webhooks that this service keeps, for an operator: one handled again, or a window restored. Hands on to the reader of the channel
 * that received it. Must not know what a provider's body looks like.
 */
package io.centurions.runtime.intake.kept;
