package io.centurions.runtime.reply;

import java.nio.charset.StandardCharsets;

/** The longest text that a channel takes in one message. */
enum ChannelLimit {
    WHATSAPP {
        @Override
        boolean fits(String text) {
            return text.length() <= 4096;
        }
    },
    TELEGRAM {
        @Override
        boolean fits(String text) {
            return text.length() <= 4096;
        }
    },
    /** Counted in bytes: an accent costs two. */
    INSTAGRAM {
        @Override
        boolean fits(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length <= 1000;
        }
    };

    abstract boolean fits(String text);

    static ChannelLimit of(String channel) {
        return switch (channel) {
            case "instagram" -> INSTAGRAM;
            case "telegram" -> TELEGRAM;
            default -> WHATSAPP;
        };
    }
}
