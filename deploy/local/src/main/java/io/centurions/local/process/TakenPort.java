package io.centurions.local.process;

import io.centurions.local.place.Trouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Tells whether a port is free, and if it can, who has it. */
public final class TakenPort {

    private TakenPort() {}

    public static boolean isFree(int port) {
        return bindable(new InetSocketAddress(port))
                && bindable(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Nothing when the port is free; else the one line that says what to do. */
    public static void refuse(String name, int port) {
        if (isFree(port)) {
            return;
        }
        String owner =
                owner(port).map(pid -> " by process " + pid + program(pid)).orElse("");
        throw new Trouble("port " + port + " (" + name + ") is taken" + owner
                + ": stop it, or take other ports with --port-base N");
    }

    private static String program(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().command())
                .map(command -> " (" + command.substring(command.lastIndexOf('/') + 1) + ")")
                .orElse("");
    }

    private static boolean bindable(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port in TIME_WAIT is free for our servers, which set this too.
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** By lsof where there is one, else from /proc; empty when neither tells. */
    private static Optional<Long> owner(int port) {
        return firstNumber("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN").or(() -> ListeningPorts.owner(port));
    }

    private static Optional<Long> firstNumber(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return said.lines().filter(line -> line.matches("\\d+")).findFirst().map(Long::parseLong);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
