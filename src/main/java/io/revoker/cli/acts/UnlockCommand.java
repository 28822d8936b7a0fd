package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.service.ServerOptions;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.Shown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code unlock}: removes a lock. */
@Command(name = "unlock", header = "Removes a lock; what was revoked stays revoked.")
public final class UnlockCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "ID", description = "the lock's id, as revoker locks shows it")
    private String id = "";

    private final CommandIo io;

    public UnlockCommand(CommandIo io) {
        this.io = io;
    }

    @Override
    public Integer call() {
        if (!id.matches("[0-9a-zA-Z_-]{1,64}")) {
            throw CommandFailure.usage("lock: malformed (expected: an id, as revoker locks shows it)");
        }
        JsonNode lock = server.calls(io).delete(LocksCommand.PATH + "/" + id).success();
        io.out().println(server.isJson() ? lock.toString() : Shown.text(RevocationText.target(lock) + ": unlocked"));
        return CommandIo.DONE;
    }
}
