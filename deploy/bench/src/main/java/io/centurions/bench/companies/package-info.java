/**
 * Benchmark {@code companies}: a thousand companies on one database; how long one takes to make, all to
 * migrate, and what they weigh.
 */
package io.centurions.bench.companies;
