package io.centurions.chaos.world;

import java.util.Map;

/**
 * A company of this run.
 *
 * @param accounts the company's end of each channel
 */
public record Company(String id, Map<String, String> accounts, String formKey, String template) {}
