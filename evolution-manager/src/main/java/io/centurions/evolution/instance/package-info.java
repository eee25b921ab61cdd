/**
 * WhatsApp instances: making, connecting and removing them, and where each one stands. Promises that a state and its announcement
 * commit together, that a webhook finds its company, and that the server is told when our address has changed. Hands on addresses; must not know messages.
 */
package io.centurions.evolution.instance;
