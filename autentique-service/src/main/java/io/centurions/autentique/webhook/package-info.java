/**
 * Where notices of the signature provider arrive. Promises that nothing is answered 200 that is not stored, that nothing
 * unsigned is read, and that no personal data of a readable notice is kept. Decides no state: that is confirmed later.
 */
package io.centurions.autentique.webhook;
