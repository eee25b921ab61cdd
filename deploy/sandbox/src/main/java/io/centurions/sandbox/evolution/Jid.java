package io.centurions.sandbox.evolution;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How WhatsApp names people, with the vendor's Brazilian ninth-digit rule. */
final class Jid {

    static final String PHONE = "@s.whatsapp.net";
    static final String LID = "@lid";

    private static final Pattern BRAZILIAN_13 = Pattern.compile("^55(\\d{2})\\d(\\d{8})$");
    private static final long LID_MASK = 0x2A5F3C917L;
    private static final long LID_BASE = 100_000_000_000_000L;

    private Jid() {}

    /**
     * Digits as the server addresses them: a Brazilian number with area code 31 or above whose last eight digits start
     * with 7 to 9 loses its ninth digit.
     */
    static String canonical(String number) {
        String digits = number.replaceAll("@.*$", "").replaceAll(":\\d+$", "").replaceAll("\\D", "");
        Matcher matcher = BRAZILIAN_13.matcher(digits);
        if (!matcher.matches()) {
            return digits;
        }
        boolean dropsNinth =
                Integer.parseInt(matcher.group(1)) >= 31 && matcher.group(2).charAt(0) >= '7';
        return dropsNinth ? "55" + matcher.group(1) + matcher.group(2) : digits;
    }

    /** Digits of the phone behind any form of address: number, phone jid or privacy id. */
    static String phoneOf(String address) {
        if (address.endsWith(LID)) {
            long lid = Long.parseLong(address.substring(0, address.length() - LID.length()));
            return Long.toString((lid - LID_BASE) ^ LID_MASK);
        }
        return canonical(address);
    }

    /** The privacy id of a phone: stable and reversible, so that an answer to it finds the same chat after a restart. */
    static String lid(String phone) {
        return (LID_BASE + (Long.parseLong(phone) ^ LID_MASK)) + LID;
    }

    /** By this sandbox's convention a number that ends in eight zeros is not on WhatsApp. */
    static boolean isOnWhatsapp(String phone) {
        return !phone.endsWith("00000000");
    }
}
