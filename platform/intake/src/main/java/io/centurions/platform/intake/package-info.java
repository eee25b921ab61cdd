/**
 * Stores webhooks and what they say, many callers in one statement. Promises that nothing is answered that is not committed, and that no
 * caller's fault becomes another's. Hands on: outcomes. Must not know what an item says or who sent it.
 */
package io.centurions.platform.intake;
