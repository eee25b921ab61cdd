package io.centurions.sandbox.openai;

/**
 * Something the lead wrote.
 *
 * @param seq the number that the runtime put before it, null when it put none
 */
record Heard(Long seq, String text) {}
