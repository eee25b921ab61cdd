/** Numbers and nothing else: percentiles, spreads, aims, and when an open loop sends. Pure; must not know what is measured. */
package io.centurions.bench.figure;
