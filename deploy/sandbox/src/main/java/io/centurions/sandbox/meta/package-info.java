/**
 * Meta's Conversions API, simulated under {@code /meta}: checks events by the documented contract, refuses a request whole
 * for one bad event, and shows what has arrived, counted by name and id. Field names are the vendor's and stop here.
 */
package io.centurions.sandbox.meta;
