/**
 * Events leave a service through here. Promises that an event is stored in the transaction that makes it true and then
 * published at least once; hands on stream entries. Knows no event by name and no consumer.
 */
package io.centurions.platform.outbox;
