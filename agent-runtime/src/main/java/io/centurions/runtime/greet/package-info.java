/**
 * Writes first to a lead who left a web form. Promises one first message per lead, none when the lead was faster. Hands on: a
 * planned reply. Must not know how it is delivered.
 */
package io.centurions.runtime.greet;
