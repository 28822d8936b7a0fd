package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.cli.service.ServiceAnswer;
import io.revoker.cli.service.ServiceCalls;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.Shown;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Registers tokens of invented users, some at a time. Each token is random, and is not kept. */
final class Loading {
    /** So few that they, and their answer, fit between two programs that do not read. */
    private static final int TOGETHER = 200;

    private static final int BYTES = 32;

    private final ServiceCalls calls;
    private final ObjectNode grant;
    private final long all;
    private final int each;
    private final SecureRandom random = new SecureRandom();
    private final ProgressLine line;
    private volatile long done;

    /** @param grant without its user and its token */
    Loading(ServiceCalls calls, CommandIo io, ObjectNode grant, int users, int each) {
        this.calls = calls;
        this.grant = grant;
        this.all = (long) users * each;
        this.each = each;
        this.line = new ProgressLine(io);
    }

    static String undo(String realm) {
        return "undo it with: revoker revoke realm " + realm;
    }

    /** How many there are. */
    long run() {
        String realm = grant.path("realm_name").asText();
        return line.whileShown(
                () -> Shown.count(done, "token") + " registered; " + undo(Shown.text(realm)),
                () -> register(System.nanoTime()));
    }

    private long register(long begun) {
        while (done < all) {
            long next = Math.min(all, done + TOGETHER);
            register(LongStream.range(done, next).mapToObj(this::one).toList());
            done = next;
            line.show(progress(begun));
        }
        return done;
    }

    private void register(List<String> some) {
        try {
            require(calls.post(GrantOptions.PATH, some));
        } catch (CommandFailure failure) {
            throw new CommandFailure(
                    failure.exitStatus(), Shown.count(done, "token") + " registered, then: " + failure.text());
        }
    }

    private String one(long number) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return grant.deepCopy()
                .put("username", "load-" + (number / each + 1))
                .put(
                        "access_token",
                        "load_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
                .toString();
    }

    private void require(ServiceAnswer answer) {
        answer.success();
        for (JsonNode result : answer.lines()) {
            if (result.path("status").asInt() >= 400) {
                throw new CommandFailure(
                        CommandIo.FAILED, ServiceAnswer.reason(result).orElse("refused"));
            }
        }
    }

    private String progress(long begun) {
        double seconds = Math.max(1, System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
        double rate = done / seconds;
        return ProgressLine.bar(done, all)
                + String.format(
                        Locale.ROOT,
                        " %s (%,d/s), %d s left",
                        Shown.count(done, "token"),
                        Math.round(rate),
                        Math.round((all - done) / rate));
    }
}
