/**
 * The two doors of the story: the public API of the back office, and the simulated outside world (phone, providers' panels,
 * the calls they received).
 */
package io.centurions.story.world;
