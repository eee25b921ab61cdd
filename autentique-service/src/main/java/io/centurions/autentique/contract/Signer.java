package io.centurions.autentique.contract;

import java.util.Locale;

/**
 * Somebody who is to sign.
 *
 * @param name     as it is printed in the signature
 * @param email    null unless delivered by e-mail
 * @param phone    in international form with a leading plus; null unless delivered to a phone
 * @param delivery how the provider reaches the signer
 */
public record Signer(String name, String email, String phone, Delivery delivery) {

    public Signer {
        switch (delivery) {
            case EMAIL -> require(email != null && email.contains("@"), "an e-mail address");
            case WHATSAPP, SMS ->
                require(phone != null && phone.matches("\\+[1-9][0-9]{7,14}"), "a phone as +5511999997777");
            case LINK -> {}
        }
    }

    private static void require(boolean given, String what) {
        if (!given) {
            throw new IllegalArgumentException("this delivery needs " + what);
        }
    }

    /** How the provider reaches a signer; LINK: it does not, we pass the link on. */
    public enum Delivery {
        EMAIL,
        WHATSAPP,
        SMS,
        LINK;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Delivery of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }
}
