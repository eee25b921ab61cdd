package io.centurions.runtime.reply;

/** The few sentences that are said without a model, in the Centurion's language; Portuguese where we have no other. */
public final class PhraseBook {

    private PhraseBook() {}

    /** Said once when an answer takes long. */
    public static String courtesy(String language) {
        return switch (tongue(language)) {
            case "en" -> "Just a moment, please. I'll get back to you right here.";
            case "es" -> "Un momento, por favor. Ya te respondo por aquí.";
            default -> "Só um instante, por favor. Já te respondo por aqui.";
        };
    }

    public static String contractSigned(String language) {
        return switch (tongue(language)) {
            case "en" -> "All set: the contract is signed. Thank you! We'll be in touch about the next steps.";
            case "es" -> "Listo: el contrato está firmado. ¡Gracias! Te escribimos con los próximos pasos.";
            default -> "Tudo certo: o contrato foi assinado. Obrigado! Já já te chamamos com os próximos passos.";
        };
    }

    private static String tongue(String language) {
        return language == null || language.length() < 2 ? "pt" : language.substring(0, 2);
    }
}
