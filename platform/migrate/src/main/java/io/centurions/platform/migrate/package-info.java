/**
 * Brings the database to the state the services need. Promises that every step may be repeated and run by several at
 * once; hands on roles, protection functions and a history table per slice. Knows no table of a slice.
 */
package io.centurions.platform.migrate;
