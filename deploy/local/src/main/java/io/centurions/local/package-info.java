/**
 * The commands behind {@code ./fleet}: starts, shows and stops the whole fleet on one machine. Open {@link io.centurions.local.Up}
 * first. Knows the services by their addresses and environment only, never by their code.
 */
package io.centurions.local;
