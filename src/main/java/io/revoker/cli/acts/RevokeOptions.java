package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.cli.service.ServerOptions;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a revocation is made. */
final class RevokeOptions {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(names = "--dry-run", description = "counts the tokens, and changes nothing")
    private boolean dryRun;

    @Option(names = "--yes", description = "neither counts nor asks before")
    private boolean yes;

    @Option(
            names = "--expect-max",
            paramLabel = "N",
            description = "does nothing if more than N tokens would be hit, and does not ask")
    private Optional<Long> most = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the log and those who follow")
    private Optional<String> reason = Optional.empty();

    @Option(names = "--reason-code", paramLabel = "CODE", description = "such as compromise or logout")
    private Optional<String> code = Optional.empty();

    @Option(
            names = "--issued-before",
            paramLabel = "TIME",
            description = "only tokens that were issued before, as in RFC 3339 or in seconds since 1970")
    private Optional<String> issuedBefore = Optional.empty();

    @Option(names = "--no-wait", description = "does not wait until the tokens are counted")
    private boolean noWait;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "that of a call that got no answer, to repeat it without doing it twice")
    private Optional<String> key = Optional.empty();

    ServerOptions server() {
        return server;
    }

    boolean isDryRun() {
        return dryRun;
    }

    /** Whether it was decided before. */
    boolean isDecided() {
        return yes || most.isPresent();
    }

    boolean waits() {
        return !noWait;
    }

    String key() {
        return key.orElseGet(() -> UUID.randomUUID().toString());
    }

    /** Adds what the request says besides its target. */
    void addTo(ObjectNode document) {
        most.ifPresent(limit -> document.put("expected_max", limit));
        issuedBefore.ifPresent(time -> putTime(document, time));
        if (reason.isPresent() || code.isPresent()) {
            ObjectNode why = document.putObject("reason");
            code.ifPresent(name -> why.put("code", name));
            reason.ifPresent(text -> why.put("text", text));
        }
    }

    /** The service takes seconds as a number, and anything else as text. */
    private static void putTime(ObjectNode document, String time) {
        if (SECONDS.matcher(time).matches()) {
            document.put("issued_before", Long.parseLong(time));
        } else {
            document.put("issued_before", time);
        }
    }
}
