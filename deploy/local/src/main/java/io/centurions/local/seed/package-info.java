/**
 * Makes the demo company through the public API, and tells the simulators where the fleet is. Promises that it may be
 * repeated. Must not touch a database.
 */
package io.centurions.local.seed;
