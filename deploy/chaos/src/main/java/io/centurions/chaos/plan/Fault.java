package io.centurions.chaos.plan;

import java.time.Duration;
import java.util.List;

/** One thing that goes wrong. */
public sealed interface Fault {

    /** As the timeline shows it; two faults of one kind on one target read alike. */
    String words();

    /** A process of a service dies without a word and is started again by the supervisor. */
    record Kill(String process) implements Fault {
        @Override
        public String words() {
            return "kill " + process;
        }
    }

    /** A process stands still for longer than its leases, then goes on as if nothing had been. */
    record Freeze(String process, Duration lasts) implements Fault {
        @Override
        public String words() {
            return "freeze " + process + " " + lasts.toSeconds() + " s";
        }
    }

    /** A deployment: each process of a service is asked to end, the next one only when the one before serves again. */
    record Roll(String service, List<String> processes) implements Fault {
        @Override
        public String words() {
            return "roll " + service;
        }
    }

    /** Redis dies and comes back with what its append-only file holds. */
    record KillRedis() implements Fault {
        @Override
        public String words() {
            return "kill redis";
        }
    }

    /** Redis forgets everything. */
    record Flush() implements Fault {
        @Override
        public String words() {
            return "FLUSHALL";
        }
    }

    /** PostgreSQL restarts: in order, or as after a crash. */
    record RestartPostgres(boolean immediate) implements Fault {
        @Override
        public String words() {
            return "restart postgres " + (immediate ? "immediate" : "fast");
        }
    }

    /** Some of the calls to a provider go wrong for a while. */
    record BadProvider(Provider provider, How how, double share, Duration lasts) implements Fault {
        @Override
        public String words() {
            return provider.path() + " " + how.words() + " " + Math.round(share * 100) + " % for " + lasts.toSeconds()
                    + " s";
        }
    }

    /** Who is called, and with which call. */
    enum Provider {
        MODEL("openai", "/chat/completions"),
        WHATSAPP("evolution", "/message/sendText"),
        TELEGRAM("telegram", "/sendMessage"),
        INSTAGRAM("instagram", "/me/messages"),
        META("meta", "/events"),
        AUTENTIQUE("autentique", "/graphql");

        private final String path;
        private final String call;

        Provider(String path, String call) {
            this.path = path;
            this.call = call;
        }

        /** Its name at the sandbox. */
        public String path() {
            return path;
        }

        public String call() {
            return call;
        }

        /** Whether its calls are bubbles on their way to a lead. */
        public boolean reachesLeads() {
            return this == WHATSAPP || this == TELEGRAM || this == INSTAGRAM;
        }
    }

    /** In which way the calls go wrong. */
    enum How {
        /** Refused for now, with a Retry-After. Certainly not done. */
        TOO_MANY("429"),
        /** An error of the server. Not done, but the caller cannot know. */
        BROKEN("500"),
        /** Cut without an answer. Not done, but the caller cannot know. */
        CUT("cut"),
        /** Held for longer than a caller waits, then cut. Not done, but the caller cannot know. */
        HANG("hang"),
        /** Held for longer than a caller waits, and done after all. */
        LATE("late");

        private final String words;

        How(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
