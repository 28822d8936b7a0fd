package io.revoker.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The processes that run a program of one directory. They are known by that program: a process id in a file may mean another process after a crash.
 *
 * @param executables absolute, without symbolic links
 */
record ServerProcesses(Path executables) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(10);
    private static final Duration LOOK = Duration.ofMillis(100);

    /** What follows the name in {@code /proc/<pid>/stat}: the state, and 17 fields further the number of threads (man 5 proc). */
    private static final int THREADS = 17;

    private static final String ZOMBIE = "Z";

    boolean areNone() {
        return all().isEmpty();
    }

    /** Returns when there is none any more. */
    void awaitEnd() {
        for (ProcessHandle process : all()) {
            while (!hasEnded(process)) {
                pause(LOOK);
            }
        }
    }

    /** Ends each of them, with the time to write everything down. */
    void end() {
        for (ProcessHandle process : all()) {
            process.destroy();
            if (!endsInTime(process)) {
                process.destroyForcibly();
            }
        }
        for (ProcessHandle process : all()) {
            if (!endsInTime(process)) {
                throw new IllegalStateException("embedded Redis: process " + process.pid() + " does not end");
            }
        }
    }

    static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private List<ProcessHandle> all() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(command -> Path.of(command).startsWith(executables))
                        .isPresent())
                .toList();
    }

    /** Looks itself: the JDK looks after the exit of a process that is no child only every second or more. */
    private static boolean endsInTime(ProcessHandle process) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!hasEnded(process) && System.nanoTime() < deadline) {
            pause(STEP);
        }
        return hasEnded(process);
    }

    /**
     * Whether it has given back all that it had, its port above all. It may stay in the table of processes for ever if the first process of the
     * container waits for no orphans, and the JDK calls it alive as long.
     */
    static boolean hasEnded(ProcessHandle process) {
        return !process.isAlive() || isZombie(process.pid());
    }

    /** A thread that still runs may hold the port. */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return fields[0].equals(ZOMBIE) && fields[THREADS].equals("1");
        } catch (IOException goneOrNotLinux) {
            return false;
        }
    }
}
