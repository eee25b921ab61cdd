/**
 * When a service may be given work: database, Redis and every object it needs are there. Promises to name what is
 * missing. Knows no table by name: a service lists what it needs.
 */
package io.centurions.platform.readiness;
