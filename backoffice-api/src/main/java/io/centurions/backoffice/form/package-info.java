/**
 * Web forms: their keys and field names, and the public door through which a lead enters. Hands the lead to the
 * conversation slice's function; knows nothing of how it is written to.
 */
package io.centurions.backoffice.form;
