package io.centurions.local.plan;

/**
 * Where the data is, embedded or real.
 *
 * @param database as the services reach it; its login is the migration's where {@code direct} is the same
 * @param direct   as the migration reaches it: no transaction pooler in between
 * @param redis    address of Redis
 * @param keyRing  key ring of sealed secrets, base64
 * @param files    folder of companies' files, where no other storage is named
 */
public record Stores(DatabaseAddress database, DatabaseAddress direct, String redis, String keyRing, String files) {}
