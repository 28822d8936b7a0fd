package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.service.ServerOptions;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code locks}: the locks that hold. */
@Command(name = "locks", header = "Lists the locks.")
public final class LocksCommand implements Callable<Integer> {
    static final String PATH = "/v1/locks";

    @Mixin
    private final ServerOptions server = new ServerOptions();

    private final CommandIo io;

    public LocksCommand(CommandIo io) {
        this.io = io;
    }

    @Override
    public Integer call() {
        JsonNode locks = server.calls(io).get(PATH).success().path("locks");
        if (server.isJson()) {
            locks.forEach(io.out()::println);
            return CommandIo.DONE;
        }
        Table table = new Table("ID", "TARGET", "UNTIL", "BY", "REASON");
        locks.forEach(lock -> table.add(
                lock.path("id").asText(),
                RevocationText.target(lock),
                lock.path("until").asText(),
                lock.path("caller").asText("-"),
                RevocationText.reason(lock)));
        table.takeLines().forEach(io.out()::println);
        return CommandIo.DONE;
    }
}
