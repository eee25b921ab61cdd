/**
 * Real servers for tests: PostgreSQL with every slice migrated, Redis, and the simulated providers. Promises that the code
 * under test connects as its own app role. Knows no service's code, only where their migrations lie in the source tree.
 */
package io.centurions.platform.testkit;
