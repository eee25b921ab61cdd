/** Simulated leads who write as people do, and the sales desk that has contracts signed. Keeps what was written and acknowledged. */
package io.centurions.chaos.load;
