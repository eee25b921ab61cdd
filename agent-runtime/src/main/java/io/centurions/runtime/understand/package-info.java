/**
 * Makes text of what a lead said with sound or a picture: a transcript or a description, stored on the message. A media that
 * cannot be had or understood stays without; the turn goes on. Must not know channels beyond their name, nor what is answered.
 */
package io.centurions.runtime.understand;
