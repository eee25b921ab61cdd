package io.centurions.local.plan;

import io.centurions.local.place.Trouble;
import java.util.List;
import java.util.Map;

/**
 * How much of the machine the services get beside what is simulated on it. Real providers, and whoever looks at what arrives, have
 * machines of their own; here they share a few cores with the fleet and would be late whenever it is busy, which it would take for a
 * provider's fault.
 */
final class Priority {

    /** A nice value from 1 to 19; absent, all processes are equals. */
    static final String SETTING = "FLEET_SERVICES_NICE";

    // Where the kernel shares its cores among sessions (autogroup of Linux), a nice value counts within one only; each
    // process here has
    // a session of its own, whose share has a file of its own.
    private static final String LOWERED =
            "{ echo %1$d >/proc/self/autogroup; } 2>/dev/null || :; exec nice -n %1$d \"$0\" \"$@\"";

    private Priority() {}

    /**
     * What comes before the command of a service.
     *
     * @throws Trouble when the setting is none
     */
    static List<String> words(Map<String, String> environment) {
        String asked = environment.get(SETTING);
        if (asked == null) {
            return List.of();
        }
        if (!asked.matches("[1-9]|1[0-9]")) {
            throw new Trouble(SETTING + " is a nice value from 1 to 19, not \"" + asked + "\"");
        }
        return List.of("sh", "-c", String.format(LOWERED, Integer.valueOf(asked)));
    }
}
