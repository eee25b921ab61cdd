package io.centurions.platform.streams;

import io.centurions.platform.outbox.RedisAnswer;
import io.centurions.platform.outbox.RedisLife;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Asks Redis how far this service's group has come, and drops what is finished – both only in the life they belong to. */
@ApplicationScoped
class GroupProgress {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ReactiveRedisDataSource redis;
    private final String group;
    private final Map<String, String> trimmedTo = new HashMap<>();

    GroupProgress(ReactiveRedisDataSource redis, @ConfigProperty(name = "quarkus.application.name") String service) {
        this.redis = redis;
        this.group = service;
    }

    String group() {
        return group;
    }

    /** Empty in a life that is over: until a relay has begun the next one, what is seen says nothing. */
    Optional<Progress> look(List<String> keys) {
        return Progress.of(eval(GroupScripts.PROGRESS, keys, List.of(group)));
    }

    /** Drops the entries before these ids, by key. Tried again: in a life that is over, and where a key holds no stream. */
    void trim(UUID life, Map<String, String> bounds) {
        Map<String, String> moved = new HashMap<>(bounds);
        moved.entrySet().removeIf(bound -> bound.getValue().equals(trimmedTo.get(bound.getKey())));
        if (moved.isEmpty()) {
            return;
        }
        List<String> keys = List.copyOf(moved.keySet());
        List<String> arguments = new ArrayList<>(List.of(life.toString()));
        keys.forEach(key -> arguments.add(moved.get(key)));
        eval(GroupScripts.TRIM, keys, arguments)
                .forEach(key -> trimmedTo.put(key.toString(), moved.get(key.toString())));
    }

    private Response eval(String script, Collection<String> streams, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(script, String.valueOf(streams.size() + 1), RedisLife.KEY));
        all.addAll(streams);
        all.addAll(arguments);
        return RedisAnswer.of(
                redis, connection -> connection.execute(Command.EVAL, all.toArray(String[]::new)), PATIENCE);
    }
}
