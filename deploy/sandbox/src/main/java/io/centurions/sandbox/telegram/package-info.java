/**
 * Telegram Bot API, simulated under {@code /telegram}: any well-formed bot token is a bot, updates come by webhook or
 * long polling in order per chat. Field names are the vendor's and stop here.
 */
package io.centurions.sandbox.telegram;
