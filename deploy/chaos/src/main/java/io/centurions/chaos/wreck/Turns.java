package io.centurions.chaos.wreck;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Who may hit which process now. A fault has its process until that serves again, so that the next one, in the order in which they
 * came, neither meets what the first has left nor hides its recovery.
 */
final class Turns {

    private final Map<String, ReentrantLock> byProcess = new ConcurrentHashMap<>();

    /**
     * Waits for the process' turn and makes the fault. Who makes one waits for no other process' turn.
     *
     * @throws InterruptedException while it waited: the fault was not made
     */
    <T> T take(String process, Supplier<T> fault) throws InterruptedException {
        ReentrantLock turn = byProcess.computeIfAbsent(process, any -> new ReentrantLock(true));
        turn.lockInterruptibly();
        try {
            return fault.get();
        } finally {
            turn.unlock();
        }
    }
}
