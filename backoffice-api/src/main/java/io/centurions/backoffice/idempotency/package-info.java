/** A POST that is repeated with the same key makes nothing twice and gets the first one's result. */
package io.centurions.backoffice.idempotency;
