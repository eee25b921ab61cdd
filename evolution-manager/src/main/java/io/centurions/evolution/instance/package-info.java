/**
 * WhatsApp instances: making, connecting and removing them, and where each one stands. Promises that a state and its announcement
 * commit together, and that a webhook finds its company. Hands on addresses; must not know messages.
 */
package io.centurions.evolution.instance;
