package io.centurions.contracts.id;

import java.util.UUID;

/** A typed identifier: two kinds of id never pass for each other. On the wire it is a plain UUID string. */
public interface Id {

    UUID value();
}
