/**
 * Adds what a turn found to what was known of a lead, scores it, and hands the lead over once. Hands on: the score with its
 * evidence and, once, the hand-over. Must not know how a finding came about.
 */
package io.centurions.runtime.qualify;
