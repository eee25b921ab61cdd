/** What is left behind when a connection breaks at each step of a conversation. */
package io.centurions.runtime.crash;
