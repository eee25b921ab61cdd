/**
 * The two providers that a benchmark stands in for: a model that answers after a set time and an Evolution that takes every message.
 * Promises to note when each turn's first call came in at either. Must not know what is measured with it.
 */
package io.centurions.bench.provider;
