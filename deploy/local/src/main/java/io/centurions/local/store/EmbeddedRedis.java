package io.centurions.local.store;

import io.centurions.local.place.Home;
import io.centurions.local.place.Ports;
import io.centurions.local.place.Reason;
import io.centurions.local.place.Trouble;
import io.centurions.local.plan.Withheld;
import io.centurions.local.process.Member;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/** A Redis of our own, as its own process: append-only file synced every second, nothing evicted. Listens on this machine only. */
public final class EmbeddedRedis {

    public static final String NAME = "redis";

    private static final Pattern ABOUT_DATA =
            Pattern.compile("append only|\\bAOF\\b|Bad file format|Wrong signature|\\bRDB\\b");

    private final Home home;
    private final Ports ports;

    public EmbeddedRedis(Home home, Ports ports) {
        this.home = home;
        this.ports = ports;
    }

    public String address() {
        return "redis://localhost:" + ports.redis();
    }

    /** Unpacks the server and makes the data folder where they are missing. */
    public void prepare() {
        try {
            Files.createDirectories(home.redis());
            unpack();
        } catch (IOException e) {
            throw new Trouble("cannot prepare Redis in " + home.shown(home.redis()) + ": " + Reason.of(e), e);
        }
    }

    /** The line for a server that ended while starting: with a hint where its words blame the data. */
    public Trouble ended(Trouble trouble) {
        if (!blamesData(trouble.getMessage())) {
            return trouble;
        }
        return new Trouble(
                "the data folder " + home.shown(home.redis()) + " cannot be used (" + trouble.getMessage()
                        + "): to start anew without its data run ./fleet reset",
                trouble);
    }

    static boolean blamesData(String words) {
        return ABOUT_DATA.matcher(words).find();
    }

    /** How it is started. */
    public Member member() {
        List<String> command = List.of(
                server().toString(),
                "--port",
                Integer.toString(ports.redis()),
                "--bind",
                "127.0.0.1",
                "--dir",
                home.redis().toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--save",
                "",
                "--maxmemory-policy",
                "noeviction",
                "--maxmemory",
                "256mb");
        return new Member(
                NAME,
                ports.redis(),
                command,
                Map.of(),
                Withheld.NAMES,
                home.log(NAME),
                this::missing,
                Duration.ofSeconds(30),
                "TERM");
    }

    private static String resource() {
        String resource = ExecutableProvider.newProvidedVersionsMap().get(OsArchitecture.detectOSandArchitecture());
        if (resource == null) {
            throw new Trouble("there is no embedded Redis for this machine: start one yourself and set REDIS_URL");
        }
        return resource.startsWith("/") ? resource : "/" + resource;
    }

    private Path server() {
        return home.unpacked().resolve(resource().substring(resource().lastIndexOf('/') + 1));
    }

    private void unpack() throws IOException {
        Path whole = server();
        if (Files.isExecutable(whole)) {
            return;
        }
        Path partial = whole.resolveSibling(whole.getFileName() + ".partial");
        try (InputStream in = ExecutableProvider.class.getResourceAsStream(resource())) {
            if (in == null) {
                throw new IOException(resource() + " is not on the class path");
            }
            Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** PING until PONG: while it loads its file it answers something else. */
    private Optional<String> missing() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.redis()), 2_000);
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[128];
            int read = socket.getInputStream().read(answer);
            String said = read < 0 ? "nothing" : new String(answer, 0, read, StandardCharsets.US_ASCII).strip();
            return said.equals("+PONG") ? Optional.empty() : Optional.of(said);
        } catch (IOException e) {
            return Optional.of("no answer yet");
        }
    }
}
