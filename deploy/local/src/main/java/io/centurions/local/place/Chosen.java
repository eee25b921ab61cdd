package io.centurions.local.place;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the running fleet was started with, remembered for the commands that come later.
 *
 * @param ports     where it listens
 * @param humanPace whether the simulated world and the demo Centurion take their time like people
 * @param replicas  processes of each service that may have several
 * @param variables the names, never the values, of the variables that made parts real
 */
public record Chosen(Ports ports, boolean humanPace, int replicas, Set<String> variables) {

    public Chosen {
        variables = Collections.unmodifiableSortedSet(new TreeSet<>(variables));
    }

    /** Why an environment with these variables is not the one that this fleet was started in; empty when it is. */
    public Optional<String> differsFrom(Set<String> now) {
        String more =
                now.stream().filter(name -> !variables.contains(name)).sorted().collect(Collectors.joining(", "));
        String less = variables.stream().filter(name -> !now.contains(name)).collect(Collectors.joining(", "));
        if (more.isEmpty() && less.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("the running fleet was started "
                + Stream.of(more.isEmpty() ? "" : "without " + more, less.isEmpty() ? "" : "with " + less)
                        .filter(words -> !words.isEmpty())
                        .collect(Collectors.joining(" and "))
                + ", unlike this shell: run ./fleet down first");
    }

    public void keep(Home home) {
        Properties properties = new Properties();
        properties.setProperty("port-base", Integer.toString(ports.base()));
        properties.setProperty("human-pace", Boolean.toString(humanPace));
        properties.setProperty("replicas", Integer.toString(replicas));
        properties.setProperty("variables", String.join(",", variables));
        try (OutputStream out = Files.newOutputStream(file(home))) {
            properties.store(out, null);
        } catch (IOException e) {
            throw new Trouble("cannot write " + file(home) + ": " + Reason.of(e), e);
        }
    }

    public static Optional<Chosen> kept(Home home) {
        if (Files.notExists(file(home))) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file(home))) {
            properties.load(in);
            Ports ports = new Ports(Integer.parseInt(properties.getProperty("port-base", "")));
            Set<String> variables = Stream.of(
                            properties.getProperty("variables", "").split(","))
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toSet());
            int replicas = Integer.parseInt(properties.getProperty("replicas", "1"));
            boolean humanPace = Boolean.parseBoolean(properties.getProperty("human-pace"));
            return Optional.of(new Chosen(ports, humanPace, replicas, variables));
        } catch (IOException | IllegalArgumentException e) {
            throw new Trouble("cannot read " + file(home) + ": delete it, then ./fleet down", e);
        }
    }

    private static Path file(Home home) {
        return home.run().resolve("chosen.properties");
    }
}
