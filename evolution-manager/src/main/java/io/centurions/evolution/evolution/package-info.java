/**
 * Evolution API v2, and the only place that knows its names and shapes: the calls we make and what its webhooks mean.
 * Hands on our own words (items of the intake, connection reports, typed results). Must not know the database, our REST or events.
 */
package io.centurions.evolution.evolution;
