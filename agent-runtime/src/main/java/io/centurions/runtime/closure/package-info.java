/**
 * Decides when a burst is over and sees its turn through: claim, read, understand, think, commit. Promises at most one answer
 * per burst, and exactly one unless silence was decided. Hands on: planned bubbles and a score. Must not know vendors.
 */
package io.centurions.runtime.closure;
