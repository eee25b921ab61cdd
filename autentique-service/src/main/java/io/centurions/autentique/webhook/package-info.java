/**
 * Where notices of the signature provider arrive. Promises that nothing is answered 200 that is not stored, that nothing
 * unsigned is read, and that of a readable notice only the raw webhook, which is kept for seven days, holds anything personal. Decides no
 * state: that is confirmed later.
 */
package io.centurions.autentique.webhook;
