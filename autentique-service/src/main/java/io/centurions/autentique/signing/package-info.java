/**
 * Brings due contracts forward: sends them, confirms what became of them, withdraws them. Promises that no transaction is
 * open while the provider is called and that a crash between two steps only repeats the step. Must not know which
 * provider it is, nor how its notices look.
 */
package io.centurions.autentique.signing;
