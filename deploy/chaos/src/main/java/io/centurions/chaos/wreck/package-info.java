/** Makes planned faults happen, undoes them, and measures how long the fleet took to be back. */
package io.centurions.chaos.wreck;
