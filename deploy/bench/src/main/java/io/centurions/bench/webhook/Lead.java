package io.centurions.bench.webhook;

/** A lead by number: always the same phone, so that it is known from its second message on. */
public record Lead(int number) {

    /** Where the last eight digits of the phones begin. */
    public static final int FIRST = 20_000_000;

    /** A Brazilian mobile, with its ninth digit. */
    public String phone() {
        return "55119" + (FIRST + number);
    }

    /** The privacy id that WhatsApp sends beside it. */
    public String lid() {
        return "1234567" + (FIRST + number);
    }
}
