/** Webhooks as the Evolution server sends them, from a captured one. Promises that no two are the same message. */
package io.centurions.bench.webhook;
