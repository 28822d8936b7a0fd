package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.service.FeedReader;
import io.revoker.cli.service.ServerOptions;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code follow}: the revocations as they come. */
@Command(
        name = "follow",
        header = "Shows the revocations as they come, until Ctrl-C.",
        description = "After a cut it goes on after the last one, on whichever instance can be reached.",
        exitCodeList = "130:ended by Ctrl-C")
public final class FollowCommand implements Callable<Integer> {
    private static final String ALL = "0";

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "begins with what was revoked after a stamp, or within a length such as 30m, 8h or 7d")
    private Optional<String> since = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "ends after N revocations")
    private Optional<Long> limit = Optional.empty();

    private final CommandIo io;
    private long shown;

    public FollowCommand(CommandIo io) {
        this.io = io;
    }

    @Override
    public Integer call() {
        Optional<Duration> within = since.flatMap(Length::of);
        long oldest = within.map(
                        length -> micros(InstantSource.system().instant().minus(length)))
                .orElse(0L);
        Optional<String> last = within.isPresent() ? Optional.of(ALL) : since.map(FollowCommand::stamp);
        new FeedReader(server.calls(io), io, last).run(event -> wantsMore(event, oldest));
        return CommandIo.DONE;
    }

    private static String stamp(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw CommandFailure.usage("since: malformed (expected: a stamp, or a length such as 30m, 8h or 7d)");
        }
        return text;
    }

    /** The reader of the output may have ended. */
    private boolean wantsMore(JsonNode event, long oldest) {
        if (event.path("stamp").asLong() >= oldest) {
            io.out().println(server.isJson() ? event.toString() : EventLine.of(event));
            shown++;
        }
        return !io.out().checkError() && limit.filter(most -> shown >= most).isEmpty();
    }

    /** Also of times before 1970, however long ago. */
    private static long micros(Instant time) {
        return TimeUnit.MICROSECONDS.convert(Duration.between(Instant.EPOCH, time));
    }
}
