/**
 * Stands before the processes of a service that has several, as a Service of Kubernetes does: whoever calls reaches one of those that
 * live. Must know nothing of what travels through it.
 */
package io.centurions.local.balance;
