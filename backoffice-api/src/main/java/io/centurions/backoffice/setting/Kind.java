package io.centurions.backoffice.setting;

/**
 * A kind of setting.
 *
 * @param table  where it is kept, in the schema core
 * @param word   names one in problems and in the audit trail
 * @param path   names them in addresses
 * @param config its own part
 */
public record Kind<T extends Checked>(String table, String word, String path, Class<T> config) {}
