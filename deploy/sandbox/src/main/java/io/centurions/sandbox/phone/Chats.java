package io.centurions.sandbox.phone;

import java.util.HashMap;
import java.util.Map;

/** All chats of all telephones, by channel, instance and the lead's address in the provider's own form. */
public final class Chats {

    private record Key(String channel, String instance, String address) {}

    private final Map<Key, Chat> chats = new HashMap<>();
    private final MediaShelf shelf = new MediaShelf();
    private final Arrivals arrivals = new Arrivals();

    public Chat of(String channel, String instance, String address) {
        return chats.computeIfAbsent(
                new Key(channel, instance, address),
                fresh -> new Chat(shelf, bubble -> arrivals.add(channel, instance, address, bubble)));
    }

    public Arrivals arrivals() {
        return arrivals;
    }

    public MediaShelf shelf() {
        return shelf;
    }
}
