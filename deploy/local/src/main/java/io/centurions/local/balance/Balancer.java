package io.centurions.local.balance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process that listens on some ports and hands each connection on to one of the ports behind it: {@code Balancer
 * 8091=8081,8111 8092=8082,8112}. Runs until it is asked to end, and says so in its last word.
 */
public final class Balancer {

    private Balancer() {}

    public static void main(String[] lines) throws IOException, InterruptedException {
        List<Front> fronts = new ArrayList<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            List<Integer> behind = Stream.of(line.substring(equals + 1).split(","))
                    .map(Integer::valueOf)
                    .toList();
            fronts.add(Front.open(Integer.parseInt(line.substring(0, equals)), behind));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(fronts), "balancer-stop"));
        for (Front front : fronts) {
            front.serve();
        }
        Thread.currentThread().join();
    }

    // By this word the launcher knows that it was asked to end: who ends without it counts as dead.
    private static void stop(List<Front> fronts) {
        fronts.forEach(Front::close);
        System.out.println("balancer: all connections are closed");
    }
}
