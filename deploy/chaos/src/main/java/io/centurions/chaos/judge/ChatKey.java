package io.centurions.chaos.judge;

/**
 * One lead's chat with one company.
 *
 * @param account the company's end: the Evolution instance, the account or the bot
 * @param from    the lead's end, digits only
 */
public record ChatKey(String channel, String account, String from) {

    @Override
    public String toString() {
        return channel + "/" + account + "/" + from;
    }
}
