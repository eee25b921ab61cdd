/**
 * What providers tell us becomes one shape, is stored in one statement with the events that follow from it, and only then
 * acknowledged. Hands on: a stored message and the wake of its turn. Must not know how a turn is answered; the fields of a
 * vendor stop in the vendor's package below.
 */
package io.centurions.runtime.intake;
