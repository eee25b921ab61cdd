/**
 * The load generator: plain sockets and one thread a connection, because it shares the cores with what it measures. Promises latencies
 * that hide nothing (open loop) and counts by status. Must not know what it sends.
 */
package io.centurions.bench.load;
