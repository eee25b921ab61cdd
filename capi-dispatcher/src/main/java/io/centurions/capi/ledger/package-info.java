/**
 * What PostgreSQL keeps of conversions, and what others let us read: leads, deals, datasets. Every statement is here.
 */
package io.centurions.capi.ledger;
