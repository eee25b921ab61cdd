/** The life and the settings of a company. */
package io.centurions.contracts.company;
