/**
 * Companies of the holding and the making of their schemas. Hands on a company that is active, or failed with its
 * reason. Knows nothing of what a company's schema holds: that is written in the template steps.
 */
package io.centurions.backoffice.company;
