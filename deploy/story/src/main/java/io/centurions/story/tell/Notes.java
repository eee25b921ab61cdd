package io.centurions.story.tell;

import java.util.ArrayList;
import java.util.List;

/** The ids and figures of a step, to be shown behind its title. */
public final class Notes {

    private final List<String> notes = new ArrayList<>();

    public void note(String name, Object value) {
        notes.add(name + "=" + value);
    }

    String shown() {
        return String.join(" ", notes);
    }
}
