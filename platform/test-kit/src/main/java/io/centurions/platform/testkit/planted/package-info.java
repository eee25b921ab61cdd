/**
 * Looks for a secret wherever it must not be: in every table, in every key of Redis, streams included, in what the
 * process logs, in its figures, and in what it answered. Promises to find it also in hexadecimal and base64. Knows no
 * table and no stream by name.
 */
package io.centurions.platform.testkit.planted;
