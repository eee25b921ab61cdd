package io.centurions.platform.streams;

import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.id.EventId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that remembers what it heard, and fails on the first event of a company it is told to fail on. */
@ApplicationScoped
class HeardSettings implements BroadcastListener<SettingsChanged> {

    private final List<EventId> heard = new CopyOnWriteArrayList<>();
    private volatile EventId failing;

    @Override
    public Class<SettingsChanged> event() {
        return SettingsChanged.class;
    }

    @Override
    public void heard(Received<SettingsChanged> received) {
        heard.add(received.envelope().id());
        if (received.envelope().id().equals(failing)) {
            throw new IllegalStateException("told so by the test");
        }
    }

    void failOn(EventId event) {
        failing = event;
    }

    List<EventId> all() {
        return heard;
    }
}
