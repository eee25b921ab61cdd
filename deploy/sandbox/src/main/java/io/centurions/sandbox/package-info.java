/**
 * Every outside provider of the fleet, simulated in one process. {@link io.centurions.sandbox.Sandbox} starts it;
 * each provider lives in its own package and knows no other. Nothing here knows the fleet: it meets it only over HTTP.
 */
package io.centurions.sandbox;
