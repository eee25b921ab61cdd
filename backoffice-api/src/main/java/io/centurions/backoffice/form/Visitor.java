package io.centurions.backoffice.form;

/**
 * Whoever posts, as the connection shows them; they count only where the form says nothing, because a form's
 * own server may be posting.
 *
 * @param origin the site whose page posts; null: it is no browser
 */
record Visitor(String address, String userAgent, String origin) {}
