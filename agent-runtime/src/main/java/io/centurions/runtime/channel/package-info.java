/**
 * Connects an Instagram account or a Telegram bot: checks its token with the provider and has its updates sent to us, also after
 * our address has changed. Stores nothing; what came of connecting is announced. Must not know what is said on the channel.
 */
package io.centurions.runtime.channel;
