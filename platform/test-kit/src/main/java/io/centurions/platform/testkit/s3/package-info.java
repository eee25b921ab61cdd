/**
 * A real S3-compatible server for tests. Promises that it verifies signatures. A module whose tests want it
 * gives the execution {@code s3-server-for-tests} of the parent POM a phase.
 */
package io.centurions.platform.testkit.s3;
