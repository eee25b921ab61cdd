/**
 * What is measured, set up as an operator would: embedded PostgreSQL and Redis with fresh data, migrated, the sandbox for sign-in, the
 * built services as own processes, companies with instances. Promises that closing it ends all of that. Must not know any benchmark.
 */
package io.centurions.bench.stage;
