/**
 * Optimistic locking, the same for everything that can be changed: the version that was read comes back with
 * the change, and a change of something newer is refused. Knows no table: whoever changes a row reads its
 * version locked.
 */
package io.centurions.backoffice.locking;
