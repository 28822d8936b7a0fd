package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.service.ServerOptions;
import io.revoker.cli.service.ServiceCalls;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.Shown;
import io.revoker.cli.terminal.StandardOptions;
import io.revoker.cli.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sweeps}: how far the counting of revocations has come. */
@Command(
        name = "sweeps",
        header = "Lists, watches or stops the sweeps, which count what revocations have invalidated.",
        exitCodeList = "2:the arguments can't be used")
public final class SweepsCommand {
    private static final String ONE = "its name, as the revocation printed it";

    @Mixin
    final StandardOptions standardOptions = new StandardOptions();

    private final CommandIo io;

    public SweepsCommand(CommandIo io) {
        this.io = io;
    }

    @Command(name = "list", header = "Lists those that run, and those that ended within the last hour.")
    int list(@Mixin ServerOptions server) {
        JsonNode sweeps = server.calls(io).get(SweepWatch.PATH).success().path("sweeps");
        if (server.isJson()) {
            sweeps.forEach(io.out()::println);
            return CommandIo.DONE;
        }
        Table table = new Table("SWEEP", "STATE", "TARGET", "INVALIDATED", "ERRORS", "STARTED", "BY", "REASON");
        sweeps.forEach(sweep -> table.add(
                sweep.path("sweep").asText(),
                sweep.path("state").asText(),
                RevocationText.target(sweep),
                sweep.path("invalidated_tokens").asText(),
                sweep.path("error_count").asText(),
                sweep.path("started_at").asText(),
                sweep.path("caller").asText("-"),
                RevocationText.reason(sweep)));
        table.takeLines().forEach(io.out()::println);
        return CommandIo.DONE;
    }

    @Command(name = "watch", header = "Shows the progress of one until it has ended.")
    int watch(@Parameters(paramLabel = "SWEEP", description = ONE) String sweep, @Mixin ServerOptions server) {
        JsonNode end = new SweepWatch(server.calls(io), io).untilEnd(checked(sweep));
        print(server, end);
        boolean whole = end.path("state").asText().equals("ended")
                && end.path("error_count").asLong() == 0;
        return whole ? CommandIo.DONE : CommandIo.UNCOUNTED;
    }

    @Command(name = "stop", header = "Stops the counting of one; its tokens stay revoked.")
    int stop(@Parameters(paramLabel = "SWEEP", description = ONE) String sweep, @Mixin ServerOptions server) {
        ServiceCalls calls = server.calls(io);
        print(server, calls.delete(SweepWatch.PATH + "/" + checked(sweep)).success());
        return CommandIo.DONE;
    }

    private static String checked(String sweep) {
        if (!sweep.matches("[0-9]{1,18}")) {
            throw CommandFailure.usage("sweep: malformed (expected: up to 18 digits)");
        }
        return sweep;
    }

    private void print(ServerOptions server, JsonNode sweep) {
        io.out()
                .println(
                        server.isJson()
                                ? sweep.toString()
                                : Shown.text(RevocationText.target(sweep) + ": "
                                        + sweep.path("state").asText() + ", " + RevocationOutcome.counts(sweep)));
    }
}
