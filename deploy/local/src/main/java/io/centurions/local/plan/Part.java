package io.centurions.local.plan;

/** A part that is either real or stands in for the real one on a bare machine. */
public enum Part {
    POSTGRES("PostgreSQL", Kind.STORE),
    REDIS("Redis", Kind.STORE),
    WHATSAPP("WhatsApp (Evolution)", Kind.CHANNEL),
    TELEGRAM("Telegram", Kind.CHANNEL),
    META("Instagram and Meta conversions", Kind.CHANNEL),
    AUTENTIQUE("Autentique", Kind.CONTRACTS),
    MODEL("model", Kind.MIND),
    ISSUER("sign-in", Kind.MIND);

    /** What must not be mixed: a real CHANNEL reaches real people, a simulated MIND is open to anyone or talks by rules. */
    enum Kind {
        STORE,
        CHANNEL,
        CONTRACTS,
        MIND
    }

    private final String shown;
    private final Kind kind;

    Part(String shown, Kind kind) {
        this.shown = shown;
        this.kind = kind;
    }

    public String shown() {
        return shown;
    }

    Kind kind() {
        return kind;
    }
}
