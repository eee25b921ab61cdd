package io.centurions.sandbox.openai;

import java.util.List;
import java.util.Locale;

/** The few sentences of the simulated model, in the language that the prompt asks for. */
record Phrases(boolean english) {

    static Phrases forPrompt(List<Said> said) {
        String system = said.stream()
                .filter(one -> one.is("system") || one.is("developer"))
                .map(one -> one.text().toLowerCase(Locale.ROOT))
                .reduce("", String::concat);
        return new Phrases(system.contains("en-us") || system.contains("en-gb") || system.contains("in english"));
    }

    String hello() {
        return english ? "Hi there! 👋" : "Olá! 👋";
    }

    String thanksForWriting() {
        return english ? "Thanks for writing to us." : "Que bom receber a sua mensagem.";
    }

    String weGotYourContact() {
        return english ? "We have received your contact." : "Recebemos o seu contato.";
    }

    String understood(long turn) {
        if (english) {
            return turn % 2 == 0 ? "Great, thank you." : "Got it!";
        }
        return turn % 2 == 0 ? "Ótimo, obrigado." : "Entendi!";
    }

    String perfect() {
        return english ? "Perfect, thank you for your answers!" : "Perfeito, obrigado pelas respostas!";
    }

    String allAnswered() {
        return english
                ? "I have everything I need. We will take the next step soon."
                : "Já tenho tudo de que preciso. Em breve damos o próximo passo.";
    }

    String goodbye(String outcome) {
        if (outcome.equals("handover")) {
            return english ? "I will call somebody of our team." : "Vou chamar alguém da nossa equipe.";
        }
        return english ? "All right, thank you for your time." : "Tudo bem, obrigado pelo seu tempo.";
    }
}
