/** Benchmark {@code intake}: webhooks a second, next to PostgreSQL doing the same statement alone. */
package io.centurions.bench.intake;
