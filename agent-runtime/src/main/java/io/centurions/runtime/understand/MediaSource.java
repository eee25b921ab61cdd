package io.centurions.runtime.understand;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.contracts.id.MessageId;
import io.centurions.runtime.think.NotNow;
import java.util.Optional;

/** Gets the bytes of a media from where a channel keeps it. Implemented once per channel. */
public interface MediaSource {

    /** The channel as the database spells it. */
    String channel();

    /**
     * Empty when no later try can bring it: it is gone, or too big for its channel.
     *
     * @throws TooLong when it has more bytes than are wanted
     * @throws NotNow  when it may come by another try, also when the patience ended before it came
     */
    Optional<Fetched> fetch(Wanted wanted);

    /**
     * @param media    what intake kept to fetch it by
     * @param most     bytes of it that are taken
     * @param patience how long it may take, with all that is asked of the provider
     */
    record Wanted(
            CompanyId company,
            InstanceId instance,
            MessageId message,
            MediaKind kind,
            JsonNode media,
            int most,
            MediaPatience patience) {}

    /** @param mime as {@code audio/ogg} */
    record Fetched(byte[] bytes, String mime) {}
}
