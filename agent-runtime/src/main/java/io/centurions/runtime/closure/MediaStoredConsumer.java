package io.centurions.runtime.closure;

import io.centurions.contracts.message.MediaStored;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import jakarta.enterprise.context.ApplicationScoped;

/** A media that a burst may be waiting for is there, or never will be. A hint: the waiting turn looks every second anyway. */
@ApplicationScoped
class MediaStoredConsumer implements WorkConsumer<MediaStored> {

    private final BurstDeadline deadline;

    MediaStoredConsumer(BurstDeadline deadline) {
        this.deadline = deadline;
    }

    @Override
    public Class<MediaStored> event() {
        return MediaStored.class;
    }

    @Override
    public Outcome handle(Received<MediaStored> received) {
        deadline.watch(received.company(), received.event().conversation());
        return Outcome.done();
    }
}
