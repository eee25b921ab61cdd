/**
 * The embedded PostgreSQL and Redis, and the migration of whichever database is used. Promises durable data folders and
 * that a half unpacked server is never started. Must not know the services' tables.
 */
package io.centurions.local.store;
