/**
 * What asking models costs a company: counted with what came of each answer, asked about before each turn.
 * Knows tokens and the plan, never what was asked or answered.
 */
package io.centurions.runtime.spend;
