package io.centurions.bench.stage;

import java.util.List;
import java.util.UUID;

/** A company under load, with the WhatsApp instances that its leads write to. */
public record Company(UUID id, List<Instance> instances) {

    /**
     * One number.
     *
     * @param name   at the Evolution server
     * @param secret which each webhook must carry
     */
    public record Instance(UUID id, UUID company, String name, String secret) {}
}
