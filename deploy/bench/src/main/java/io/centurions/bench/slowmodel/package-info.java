/** Benchmark {@code slow-model}: a thousand turns wait for one company's slow model; does anybody else notice. */
package io.centurions.bench.slowmodel;
