/**
 * When a service may be given work: database, Redis and every object it needs are there, and companies are kept apart.
 * Promises to name what is missing, or open. Knows no table by name: a service lists what it needs.
 */
package io.centurions.platform.readiness;
