package io.centurions.bench.stage;

import io.centurions.bench.machine.CpuTime;
import io.centurions.local.process.Memory;
import io.centurions.local.process.Running;
import java.io.IOException;

/** A process under measurement. */
public record Benched(Running running) {

    public int port() {
        return running.port();
    }

    /** CPU time so far, in milliseconds, with its children. */
    public long cpuMillis() {
        return CpuTime.ofFamily(running.handle());
    }

    /** The part of it in which the JVM compiled; what runs for days has next to none. */
    public long compilerMillis() {
        return CpuTime.ofThreads(running.pid(), name -> name.matches("C[12] Compiler.*"));
    }

    public double residentMiB() {
        return Memory.of(running.handle()).orElse(0) / 1048576.0;
    }

    public double peakMiB() {
        return CpuTime.peakMemory(running.pid()).orElse(0) / 1048576.0;
    }

    /** Lets it rest, so that it takes no CPU from what is measured; {@link #goOn} wakes it. */
    public void rest() {
        signal("STOP");
    }

    public void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(running.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("cannot send " + name + " to " + running.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
