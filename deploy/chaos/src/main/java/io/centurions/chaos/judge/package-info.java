/**
 * Compares three views of one run: what the simulated leads were told is accepted, what PostgreSQL holds, and what telephones and
 * providers received. Pure: reads nothing, and knows nothing of how the views were taken.
 */
package io.centurions.chaos.judge;
