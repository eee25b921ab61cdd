/** The Bot API of Telegram: sending, files, webhook registration, long polling. Telegram's words and codes stop here. */
package io.centurions.runtime.deliver.telegram;
