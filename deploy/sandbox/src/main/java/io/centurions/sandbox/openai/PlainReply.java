package io.centurions.sandbox.openai;

import java.util.List;

/** A sentence for requests that demand no shape. */
final class PlainReply {

    private static final int QUOTED = 120;

    private PlainReply() {}

    static String to(List<Said> said) {
        if (said.getLast().is("tool")) {
            return "(resposta simulada) A ferramenta respondeu: "
                    + shortened(said.getLast().text());
        }
        return said.reversed().stream()
                .filter(one -> one.is("user"))
                .findFirst()
                .map(one -> "(resposta simulada) Você disse: " + shortened(one.text()))
                .orElse("(resposta simulada) Olá!");
    }

    private static String shortened(String text) {
        return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "…";
    }
}
