/** The publication of what a Centurion is to say and ask. */
package io.centurions.contracts.centurion;
