/**
 * Contracts as people ask for them: who may, and of which deal; autentique-service does the rest. Knows no provider and
 * stores nothing.
 */
package io.centurions.backoffice.contract;
