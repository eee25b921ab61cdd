package io.centurions.bench;

import io.centurions.bench.provider.Providers;
import io.centurions.bench.stage.Stage;
import java.util.function.Consumer;

/**
 * What a benchmark works with.
 *
 * @param pace how long and how often it measures
 * @param say  tells the person at the terminal what goes on
 */
public record Bench(Stage stage, Providers providers, Pace pace, Consumer<String> say) {}
