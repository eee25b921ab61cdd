/**
 * Plans: what a company may use in a month or at a time, and what happens at the end of it. The holding makes
 * plans and puts companies on them, with exceptions. Says how far; counting is done where things happen
 * ({@code usage}, agent-runtime).
 */
package io.centurions.backoffice.plan;
