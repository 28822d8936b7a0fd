package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.cli.service.ServiceAnswer;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.Shown;
import java.util.Locale;
import java.util.stream.Stream;

/** What is printed of a revocation, and its exit status. */
record RevocationOutcome(CommandIo io, boolean json, Aim aim) {
    private static final String ERRORS = "error_count";
    private static final String INVALIDATED = "invalidated_tokens";
    private static final String BEFORE = "previously_invalidated_tokens";

    int ofDryRun(ServiceAnswer count) {
        if (!count.isSuccess() && count.status() != 404) {
            throw count.failure();
        }
        warnIfUnknown(count);
        print(count.body(), sentence(aim, count));
        return CommandIo.DONE;
    }

    static String sentence(Aim aim, ServiceAnswer count) {
        return Shown.text(aim
                + ": "
                + Shown.count(count.body().path(INVALIDATED).asLong(), "live token")
                + " would be invalidated"
                + uncounted(aim, count));
    }

    /** Of an answer that is not followed by counts. */
    int of(ServiceAnswer answer) {
        return switch (answer.status()) {
            case 200 -> counted(answer, answer.body());
            case 202 -> isSweep(answer) ? begun(answer) : counted(answer, answer.body());
            case 404 ->
                throw new CommandFailure(CommandIo.FAILED, aim + ": unknown, or expired: nothing was invalidated");
            case 409 ->
                throw new CommandFailure(
                        answer.reason().contains("expected_max") ? CommandIo.NOT_CONFIRMED : CommandIo.FAILED,
                        aim + ": " + answer.reason());
            case 503 ->
                throw answer.isWorthRepeating()
                        ? answer.failure()
                        : new CommandFailure(CommandIo.UNCOUNTED, aim + ": " + answer.reason());
            default -> throw answer.failure();
        };
    }

    /** Whether the tokens are being counted. Without that, it is the followers that a 202 is about. */
    boolean isSweep(ServiceAnswer answer) {
        return answer.status() == 202 && answer.body().has("sweep");
    }

    /** Of one whose counting is watched. */
    int ofSweep(ServiceAnswer begun, SweepWatch watch) {
        warnIfUnknown(begun);
        String sweep = begun.body().path("sweep").asText();
        JsonNode end;
        try {
            end = watch.untilEnd(sweep);
        } catch (CommandFailure failure) {
            throw new CommandFailure(
                    CommandIo.UNCOUNTED,
                    aim + ": revoked, but not known to be counted: " + failure.text() + "; "
                            + SweepWatch.comeBack(sweep));
        }
        ObjectNode whole = end.deepCopy();
        Stream.of("lock", "receipt")
                .filter(begun.body()::has)
                .forEach(name -> whole.set(name, begun.body().path(name)));
        return counted(begun, whole);
    }

    private int begun(ServiceAnswer answer) {
        warnIfUnknown(answer);
        print(
                answer.body(),
                aim + ": revoked" + locked(answer.body()) + "; "
                        + SweepWatch.comeBack(answer.body().path("sweep").asText()));
        return CommandIo.DONE;
    }

    private int counted(ServiceAnswer answer, JsonNode counts) {
        String state = counts.path("state").asText("ended");
        long errors = counts.path(ERRORS).asLong();
        print(
                counts,
                aim + ": " + counts(counts) + uncounted(aim, answer) + locked(counts)
                        + (state.equals("ended") ? "" : "; the counting is " + state));
        return errors == 0 && state.equals("ended") ? CommandIo.DONE : CommandIo.UNCOUNTED;
    }

    static String counts(JsonNode counts) {
        return Shown.count(counts.path(INVALIDATED).asLong(), "token") + " invalidated, "
                + String.format(Locale.ROOT, "%,d", counts.path(BEFORE).asLong()) + " already invalid, "
                + Shown.count(counts.path(ERRORS).asLong(), "error");
    }

    private static String uncounted(Aim aim, ServiceAnswer answer) {
        return answer.header("Revoker-Uncounted").isPresent() ? aim.uncounted() : "";
    }

    private static String locked(JsonNode body) {
        JsonNode lock = body.path("lock");
        return lock.isObject()
                ? "; locked until " + lock.path("until").asText() + " (revoker unlock "
                        + lock.path("id").asText() + ")"
                : "";
    }

    private void warnIfUnknown(ServiceAnswer answer) {
        if (answer.header("Revoker-Holder").isPresent()) {
            io.warn(aim + ": no token is known there, is the name right?");
        }
    }

    private void print(JsonNode body, String sentence) {
        io.out().println(json ? body.toString() : Shown.text(sentence));
    }
}
