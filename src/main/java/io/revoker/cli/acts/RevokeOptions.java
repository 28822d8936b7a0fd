package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.cli.service.ServerOptions;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a revocation is made. */
final class RevokeOptions {
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

    @Option(names = "--no-wait", description = "does not wait until the tokens are counted")
    private boolean noWait;

    @Option(
            names = "--wait-followers",
            paramLabel = "TIME",
            description = "waits so long, such as 5s, until the followers have applied it")
    private Optional<String> followers = Optional.empty();

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

    /** Whether it was decided before: for all there is, by both options. */
    boolean isDecided(Aim aim) {
        return aim.isOfAll() ? yes && most.isPresent() : yes || most.isPresent();
    }

    /** How it would be. */
    static String decision(Aim aim) {
        return "--yes " + (aim.isOfAll() ? "with" : "or") + " --expect-max=N";
    }

    boolean waits() {
        return !noWait;
    }

    /** How long to wait for the followers; empty if not at all. */
    Optional<String> followers() {
        return followers;
    }

    String key() {
        return key.orElseGet(() -> UUID.randomUUID().toString());
    }

    /** Adds what the request says besides its target. */
    void addTo(ObjectNode document) {
        most.ifPresent(limit -> document.put("expected_max", limit));
        if (reason.isPresent() || code.isPresent()) {
            ObjectNode why = document.putObject("reason");
            code.ifPresent(name -> why.put("code", name));
            reason.ifPresent(text -> why.put("text", text));
        }
    }
}
