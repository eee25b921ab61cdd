/**
 * Connects an Instagram account or a Telegram bot: checks its token with the provider and has its updates sent to us. Stores
 * nothing; what came of it is announced. Must not know what is said on the channel.
 */
package io.centurions.runtime.channel;
