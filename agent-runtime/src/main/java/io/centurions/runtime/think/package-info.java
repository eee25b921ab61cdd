/**
 * Asks the company's model what to do with a burst and turns its answer into a typed outcome, or says why there is none. Holds
 * no transaction and changes nothing. Must not know channels, leases or how a reply is delivered.
 */
package io.centurions.runtime.think;
