package io.centurions.local;

import io.centurions.local.place.Home;
import io.centurions.local.place.Reason;
import io.centurions.local.place.Trouble;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** One command at a time changes a fleet. The system frees the lock when its holder dies. */
final class Lock {

    private Lock() {}

    /** Does the work while no other command works on this fleet; trouble when another does. */
    static <T> T during(Home home, Supplier<T> work) {
        try (FileChannel channel =
                FileChannel.open(home.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new Trouble("another ./fleet command is at work here: wait for it, or end it with ./fleet down");
            }
            return work.get();
        } catch (IOException e) {
            throw new Trouble("cannot lock " + home.run() + ": " + Reason.of(e), e);
        }
    }
}
