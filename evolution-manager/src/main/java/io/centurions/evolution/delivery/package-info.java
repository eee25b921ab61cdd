/**
 * Replies on their way to WhatsApp: bubbles in order, one lease per conversation, each claimed before and settled after its call.
 * Promises that nothing is sent twice knowingly and that after a takeover no call begins. Must not know how a reply came about.
 */
package io.centurions.evolution.delivery;
