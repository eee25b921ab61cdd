/** Benchmark {@code waiting}: a hundred thousand conversations wait for their deadline; are those that are due found in time, in little memory. */
package io.centurions.bench.waiting;
