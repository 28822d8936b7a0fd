package io.revoker.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Followers in processes of their own, and what they say of a token. */
record ReachCrowd(List<ReachProcess> processes, int followers) implements AutoCloseable {
    /** All together look at a token about 20,000 times a second: more would leave the service too little. */
    private static final long INTERVAL = 50_000;

    /** A token that is watched under its own name. */
    record Subject(String token, String realm, String user, Instant issuedAt) {}

    /** Whether they tell the service what they have applied. */
    enum Manner {
        CONFIRMING,
        SILENT;

        Optional<String> names(int process) {
            return this == CONFIRMING ? Optional.of("follower-" + process + '-') : Optional.empty();
        }
    }

    /**
     * Starts some that are silent, and waits until they follow.
     *
     * @param ways where each process finds the service
     */
    static ReachCrowd start(Machine machine, RedisServer redis, List<URI> ways, int perProcess)
            throws IOException, InterruptedException {
        return start(machine, redis, ways, perProcess, Manner.SILENT);
    }

    /** Starts some, and waits until they follow. */
    static ReachCrowd start(Machine machine, RedisServer redis, List<URI> ways, int perProcess, Manner manner)
            throws IOException, InterruptedException {
        List<ReachProcess> processes = new ArrayList<>();
        ReachCrowd crowd = new ReachCrowd(processes, ways.size() * perProcess);
        try {
            for (URI way : ways) {
                processes.add(ReachProcess.start(
                        new ReachProcess.Setting(
                                perProcess, way, redis.port(), INTERVAL * ways.size(), manner.names(processes.size())),
                        Files.createTempFile(machine.work(), "followers-", ".log")));
            }
            for (ReachProcess process : processes) {
                process.await("started", "-");
                process.requireOneClock();
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            crowd.close();
            throw e;
        }
        return crowd;
    }

    /** All but the first process. */
    ReachCrowd others() {
        int each = followers / processes.size();
        return new ReachCrowd(processes.subList(1, processes.size()), followers - each);
    }

    ReachProcess first() {
        return processes.get(0);
    }

    /** Has all watch a token, and waits until none of them knows of a revocation. */
    void watch(Subject subject) throws IOException, InterruptedException {
        for (ReachProcess process : processes) {
            process.tell(
                    "watch",
                    subject.token(),
                    subject.token(),
                    subject.realm(),
                    subject.user(),
                    "" + subject.issuedAt().getEpochSecond());
        }
        latest("watching", subject.token());
    }

    /** When the last one has refused it. */
    long refused(Subject subject) throws InterruptedException {
        return latest("refused", subject.token());
    }

    /** When the last subscriber has got that message. */
    long heard(int number) throws InterruptedException {
        return latest("heard", "" + number);
    }

    /** Watches it no longer, and returns when the last answer was asked for that was "not revoked". */
    long end(Subject subject) throws IOException, InterruptedException {
        for (ReachProcess process : processes) {
            process.tell("end", subject.token());
        }
        return latest("ended", subject.token());
    }

    private long latest(String what, String name) throws InterruptedException {
        long latest = Long.MIN_VALUE;
        for (ReachProcess process : processes) {
            latest = Math.max(latest, process.await(what, name));
        }
        return latest;
    }

    @Override
    public void close() {
        processes.forEach(ReachProcess::close);
    }
}
