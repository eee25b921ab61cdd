/**
 * What the fleet asked of the simulated providers, in order and without secrets, and the faults that a test or a drill
 * puts in its way. Stands before every provider and knows none of them.
 */
package io.centurions.sandbox.calls;
