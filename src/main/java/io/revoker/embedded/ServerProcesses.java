package io.revoker.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The processes that run a program of one directory. They are recognized by the path of the program: after a crash, a
 * process id from a file may belong to another process.
 *
 * @param executables absolute, without symbolic links
 */
record ServerProcesses(Path executables) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(10);
    /** Between two looks at a server that runs although there is a reason to look. */
    private static final Duration LOOK = Duration.ofMillis(50);

    /**
     * Index among the fields after the name in {@code /proc/<pid>/stat}: the state has 0, the number of threads 17
     * (man 5 proc).
     */
    private static final int THREADS = 17;

    private static final String ZOMBIE = "Z";

    boolean areNone() {
        return all().isEmpty();
    }

    /**
     * Returns when no process is left.
     *
     * @param reason blocks until there is a reason to look whether they have ended
     */
    void awaitEnd(Runnable reason) {
        for (ProcessHandle process : all()) {
            while (!hasEnded(process)) {
                reason.run();
                pause(LOOK);
            }
        }
    }

    /** Ends each process, and gives it time to write everything to disk. */
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

    /** Polls itself: for a process that is not a child, the JDK polls for the exit only every second or less often. */
    private static boolean endsInTime(ProcessHandle process) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!hasEnded(process) && System.nanoTime() < deadline) {
            pause(STEP);
        }
        return hasEnded(process);
    }

    /**
     * Whether it has released all its resources, above all its port. An ended process may stay in the process table
     * forever if the init process of the container does not reap orphans, and the JDK reports it as alive for that
     * long.
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
