package io.revoker.bench;

import io.revoker.bench.ReachCrowd.Subject;
import io.revoker.bench.TokenSet.Form;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Revocations one after the other, until the last follower refuses, each beside a message that is published to as many
 * subscribers of Redis in the same processes.
 */
final class ReachSeries {
    private static final int OK = 200;
    private static final long AGO_SECONDS = 600;

    private final Machine machine;
    private final int service;
    private final int redis;
    private int published;

    ReachSeries(Machine machine, int service, int redis) {
        this.machine = machine;
        this.service = service;
        this.redis = redis;
    }

    /** Ways to revoke. */
    enum Kind {
        TOKEN("token"),
        USER("user");

        final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /**
     * Nanoseconds, sorted.
     *
     * @param answered from the request to its answer
     * @param acknowledged from the acknowledgement until the last follower refuses; below 0 if it does so before
     * @param sent the same from the request
     * @param published from the command until the last subscriber has the message
     * @param accepted from the acknowledgement until the last time that a follower was asked and did not know yet
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Times(long[] answered, long[] acknowledged, long[] sent, long[] published, long[] accepted) {
        Times(int samples) {
            this(new long[samples], new long[samples], new long[samples], new long[samples], new long[samples]);
        }

        Times sorted() {
            for (long[] times : new long[][] {answered, acknowledged, sent, published, accepted}) {
                Arrays.sort(times);
            }
            return this;
        }
    }

    /** What is revoked, by number. */
    record Revocations(IntFunction<Subject> subject, IntFunction<Buffer> request) {
        /** The same, each with a query. */
        Revocations with(String query) {
            return new Revocations(
                    subject,
                    number -> Buffer.buffer(
                            request.apply(number).toString().replaceFirst(" HTTP/1.1", '?' + query + " HTTP/1.1")));
        }
    }

    /** One of the revocations, as it is sent, and what its answer has to be. */
    interface Act {
        void revoke(Wire operator, Buffer request) throws IOException;
    }

    /** Registers tokens, and returns how they are revoked. */
    Revocations prepare(Kind kind, int samples) throws InterruptedException {
        TokenSet tokens = new TokenSet("reach-" + kind.words + '-' + System.nanoTime(), Form.LONE, 1);
        new Filler(machine.vertx(), service).fill(tokens, samples);
        // A mark says nothing of tokens that are issued about the same time.
        Instant issuedAt = kind == Kind.TOKEN ? Instant.now() : Instant.now().minusSeconds(AGO_SECONDS);
        return new Revocations(
                i -> new Subject(tokens.access(i), tokens.realm(), "user-" + tokens.realm() + '-' + i, issuedAt),
                kind == Kind.TOKEN ? tokens::invalidationRequest : tokens::userRevocation);
    }

    /** One revocation after the other. */
    Times measure(ReachCrowd crowd, Kind kind, int samples) throws IOException, InterruptedException {
        return measure(crowd, prepare(kind, samples), samples, ReachSeries::revoke);
    }

    Times measure(ReachCrowd crowd, Revocations revocations, int samples, Act act)
            throws IOException, InterruptedException {
        Times times = new Times(samples);
        for (int i = 0; i < samples; i++) {
            Subject subject = revocations.subject().apply(i);
            crowd.watch(subject);
            // Anew each time: what is idle for a minute is closed, and so many followers take a while to begin.
            try (Wire operator = Wire.open(service);
                    Wire publisher = Wire.open(redis)) {
                long sent = System.nanoTime();
                act.revoke(operator, revocations.request().apply(i));
                long acknowledged = System.nanoTime();
                long refused = crowd.refused(subject);
                times.answered()[i] = acknowledged - sent;
                times.sent()[i] = refused - sent;
                times.acknowledged()[i] = refused - acknowledged;
                times.accepted()[i] = crowd.end(subject) - acknowledged;
                times.published()[i] = publish(crowd, publisher);
            }
        }
        return times.sorted();
    }

    static void revoke(Wire operator, Buffer request) throws IOException {
        Wire.Answer answer = operator.call(request);
        long invalidated = answer.json().path("invalidated_tokens").asLong();
        if (answer.status() != OK || invalidated != 1) {
            throw new IOException("revocation: " + answer.status() + ' ' + answer.json());
        }
    }

    private long publish(ReachCrowd crowd, Wire publisher) throws IOException, InterruptedException {
        long sent = System.nanoTime();
        publisher.command("PUBLISH " + ReachSubscribers.CHANNEL + " %08d".formatted(++published));
        return crowd.heard(published) - sent;
    }
}
