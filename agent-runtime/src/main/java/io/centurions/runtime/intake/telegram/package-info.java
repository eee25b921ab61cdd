/**
 * Telegram's updates, pushed to the webhook of an instance or fetched by long polling, as incoming messages. Any replica is
 * pushed to, one of them polls. Both ways end in the same intake. Must not know how anything is stored.
 */
package io.centurions.runtime.intake.telegram;
