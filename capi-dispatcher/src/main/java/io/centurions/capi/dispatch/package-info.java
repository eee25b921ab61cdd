/**
 * Sends what is due: claims, reads as the company, calls without a transaction, settles. Hands on settled conversions
 * and their event. Must not know why a conversion exists.
 */
package io.centurions.capi.dispatch;
