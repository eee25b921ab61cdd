/** Who changed what: written in the transaction of the change, read by the holding and by the company. */
package io.centurions.backoffice.audit;
