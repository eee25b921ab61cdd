/**
 * Evolution API v2 (WhatsApp), simulated under {@code /evolution}: instances with QR pairing, sends with their ticks,
 * the webhooks of a live server. Field names are the vendor's and stop here.
 */
package io.centurions.sandbox.evolution;
