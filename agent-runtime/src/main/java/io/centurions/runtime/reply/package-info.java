/**
 * Turns what the machine wants to say into planned bubbles: split for the channel, paced like a person, stored with the turn
 * that said it, announced to whoever delivers. Hands on: rows that delivery works off. Must not know why something is said,
 * nor call a provider.
 */
package io.centurions.runtime.reply;
