package io.centurions.platform.storage;

import java.time.Instant;
import java.util.UUID;

/**
 * An object that a list shows.
 *
 * @param keptAt by the storage's clock
 */
public record Found(UUID id, long bytes, Instant keptAt) {}
