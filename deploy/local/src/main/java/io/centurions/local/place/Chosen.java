package io.centurions.local.place;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What the running fleet was started with, remembered for the commands that come later.
 *
 * @param ports     where it listens
 * @param humanPace whether the simulated world and the demo Centurion take their time like people
 */
public record Chosen(Ports ports, boolean humanPace) {

    public void keep(Home home) {
        Properties properties = new Properties();
        properties.setProperty("port-base", Integer.toString(ports.base()));
        properties.setProperty("human-pace", Boolean.toString(humanPace));
        try (OutputStream out = Files.newOutputStream(file(home))) {
            properties.store(out, null);
        } catch (IOException e) {
            throw new Trouble("cannot write " + file(home) + ": " + e.getMessage(), e);
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
            return Optional.of(new Chosen(ports, Boolean.parseBoolean(properties.getProperty("human-pace"))));
        } catch (IOException | IllegalArgumentException e) {
            throw new Trouble("cannot read " + file(home) + ": delete it, then ./fleet down", e);
        }
    }

    private static Path file(Home home) {
        return home.run().resolve("chosen.properties");
    }
}
