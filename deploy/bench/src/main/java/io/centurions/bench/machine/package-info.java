/** What the figures were measured on, and what a process used of it: CPU time and memory as the kernel counts them. */
package io.centurions.bench.machine;
