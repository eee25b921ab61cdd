/**
 * A service with nothing but the backbone in it, for benchmark {@code backbone}: appends events at a steady rate, first such that
 * somebody waits for, then such that nobody does, and notes when their consumer starts. One process, so that both moments are read
 * from one clock. Not part of the product.
 */
package io.centurions.bench.probe;
