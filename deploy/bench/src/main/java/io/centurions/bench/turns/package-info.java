/** Benchmark {@code turns}: from a burst's deadline to the first call of the model, and what a message costs in CPU on its whole way. */
package io.centurions.bench.turns;
