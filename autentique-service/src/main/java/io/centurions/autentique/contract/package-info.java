/**
 * The contract: its states, its signers, its rows, and the addresses by which our other services open, read and cancel
 * one. Promises that a state changes only as the diagram allows, together with the event that tells it. Hands on the
 * contracts that are due; must not know who the provider is nor how it is called.
 */
package io.centurions.autentique.contract;
