/**
 * Connection poolers in transaction mode, as they stand between services and PostgreSQL in many
 * installations: PgBouncer where it is installed, and one of our own everywhere. Promises that no transaction
 * keeps a server connection longer than it lasts. Knows nothing of what is asked over them.
 */
package io.centurions.platform.testkit.pooler;
