/**
 * Deals: made in the company's own schema from a qualified lead, moved by people and by contracts, mirrored for the
 * holding. A company's schema is named in full, never by search_path.
 */
package io.centurions.backoffice.deal;
