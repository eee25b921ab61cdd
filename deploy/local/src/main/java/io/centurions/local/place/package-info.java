/**
 * Where the fleet keeps its state and on which ports it listens. Hands on folders, ports and the secrets of this machine;
 * must not know how a process is started.
 */
package io.centurions.local.place;
