/**
 * Media sequences: what a Centurion sends in order, and what triggers it. Checks that each step has what its
 * kind needs; knows nothing of how a channel delivers it.
 */
package io.centurions.backoffice.media;
