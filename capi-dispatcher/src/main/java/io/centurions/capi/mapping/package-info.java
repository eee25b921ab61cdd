/**
 * Decides under which name and by which route Meta is told, and writes the event. Pure: no bean, no clock, no database.
 */
package io.centurions.capi.mapping;
