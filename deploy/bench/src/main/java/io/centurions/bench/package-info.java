/**
 * How fast the built services are on this machine. Promises ratios against a reference of the same run, measured from outside on the
 * real processes, and that nothing it started is left behind. Must not know the services' code.
 */
package io.centurions.bench;
