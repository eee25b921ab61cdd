/**
 * Cuts connections at a chosen step, so that a test can end a call just before a server sees it or just after the server has
 * done it. Knows three wires (PostgreSQL, Redis, HTTP) and nothing of what is said on them beyond the name of a step, how often
 * it came by, and whether its answer had something in it.
 */
package io.centurions.platform.testkit.cut;
