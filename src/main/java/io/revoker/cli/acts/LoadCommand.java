package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.cli.service.ServerOptions;
import io.revoker.cli.service.ServiceAnswer;
import io.revoker.cli.service.ServiceCalls;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.Shown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code load}: tokens of users who do not exist. */
@Command(
        name = "load",
        header = "Registers tokens of invented users in a realm, for a trial.",
        description = "The tokens are not printed or kept. To undo it, revoke the realm.")
public final class LoadCommand implements Callable<Integer> {
    private static final int MOST_USERS = 10_000_000;
    private static final int MOST_EACH = 1000;

    @Option(names = "--realm", required = true, paramLabel = "REALM", description = "one without tokens")
    private String realm = "";

    @Option(names = "--users", paramLabel = "N", description = "how many users; 1000 by default")
    private int users = 1000;

    @Option(names = "--tokens", paramLabel = "N", description = "access tokens of each user; 5 by default")
    private int each = 5;

    @Option(
            names = "--expires-in",
            paramLabel = "LENGTH",
            description = "their life, such as 90s, 30m or 8h; 1h by default")
    private String life = "1h";

    @Option(names = "--yes", description = "also on another machine, and in a realm that has tokens")
    private boolean yes;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    private final CommandIo io;

    public LoadCommand(CommandIo io) {
        this.io = io;
    }

    @Override
    public Integer call() {
        requireWithin("users", users, MOST_USERS);
        requireWithin("tokens", each, MOST_EACH);
        ObjectNode grant = Aim.ofRealm(realm)
                .target()
                .put("expires_in", Length.of("expires-in", life).toSeconds());
        ServiceCalls calls = server.calls(io);
        if (!yes) {
            requireLocal(calls);
            requireNoTokens(calls);
        }
        long registered = new Loading(calls, io, grant, users, each).run();
        io.out()
                .println(
                        server.isJson()
                                ? JsonNodeFactory.instance
                                        .objectNode()
                                        .put("registered", registered)
                                        .put("users", users)
                                        .toString()
                                : Shown.text("realm " + realm + ": "
                                        + Shown.count(registered, "token") + " of "
                                        + Shown.count(users, "user") + " registered; "
                                        + Loading.undo(realm)));
        return CommandIo.DONE;
    }

    private static void requireWithin(String option, int number, int most) {
        if (number < 1 || number > most) {
            throw CommandFailure.usage(option + ": " + number + " (expected: 1 to " + most + ")");
        }
    }

    private static void requireLocal(ServiceCalls calls) {
        if (!calls.areLocal()) {
            throw new CommandFailure(
                    CommandIo.NOT_CONFIRMED, "load: the service is on another machine (expected: --yes)");
        }
    }

    /** To undo it, all of the realm is revoked. A caller that may not count has to know. */
    private void requireNoTokens(ServiceCalls calls) {
        ObjectNode question = Aim.ofRealm(realm).document().put("dry_run", true);
        ServiceAnswer count = calls.post(Revoking.PATH, question);
        JsonNode live = count.body().path("invalidated_tokens");
        if (live.asLong() > 0) {
            throw new CommandFailure(
                    CommandIo.NOT_CONFIRMED,
                    "realm " + realm + ": has " + Shown.count(live.asLong(), "live token")
                            + ", which would die when this is undone (expected: another realm, or --yes)");
        }
    }
}
