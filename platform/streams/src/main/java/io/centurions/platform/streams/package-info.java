/**
 * Events come into a service through here. Promises that each event of a registered group is handled by one replica and
 * ends done, later or parked; hands on typed events. Knows no event by name, and commits nothing itself.
 */
package io.centurions.platform.streams;
