/**
 * Work that one replica at a time does for the whole fleet, again and again. Promises one owner by a lease row, another within
 * the lease when the owner dies, and that a run can tell when it has lost its place. Knows the jobs that several services run (forgetting,
 * what became of bubbles), and no other by name.
 */
package io.centurions.platform.jobs;
