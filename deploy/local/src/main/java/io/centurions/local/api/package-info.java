/**
 * Calls to the servers of a fleet as any client makes them: JSON over HTTP, with a person's token. Must not
 * touch a database.
 */
package io.centurions.local.api;
