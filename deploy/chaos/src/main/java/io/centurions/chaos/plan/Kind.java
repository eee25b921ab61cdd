package io.centurions.chaos.plan;

/** A kind of fault, as {@code --faults} names it. */
public enum Kind {
    KILL,
    FREEZE,
    ROLL,
    REDIS,
    FLUSH,
    POSTGRES,
    PROVIDER;

    public static Kind of(Fault fault) {
        return switch (fault) {
            case Fault.Kill any -> KILL;
            case Fault.Freeze any -> FREEZE;
            case Fault.Roll any -> ROLL;
            case Fault.KillRedis any -> REDIS;
            case Fault.Flush any -> FLUSH;
            case Fault.RestartPostgres any -> POSTGRES;
            case Fault.BadProvider any -> PROVIDER;
        };
    }
}
