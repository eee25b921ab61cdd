/**
 * Webhooks of the Evolution server: proves where they come from on the raw bytes, has them read, and stores what they say in one
 * statement. Promises that nothing is answered 200 that is not durable. Hands on files to fetch; must not know replies.
 */
package io.centurions.evolution.webhook;
