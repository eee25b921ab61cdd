/** What a person allows us to do, and that we forgot them. */
package io.centurions.contracts.consent;
