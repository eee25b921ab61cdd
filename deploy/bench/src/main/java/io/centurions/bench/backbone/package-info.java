/** Benchmark {@code backbone}: from the commit of an event to the start of its consumer. */
package io.centurions.bench.backbone;
