package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.cli.service.ServerOptions;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.Shown;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tokens mint}: has the service make tokens. */
@Command(
        name = "mint",
        header = "Has tokens made for a user, and prints them, one a line: the access token, the refresh token.")
public final class MintCommand implements Callable<Integer> {
    @Mixin
    private final GrantOptions grant = new GrantOptions();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "USER", description = "the user's name")
    private String user = "";

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "access, refresh, or pair, which is both (the default)")
    private GrantKind kind = GrantKind.PAIR;

    private final CommandIo io;

    public MintCommand(CommandIo io) {
        this.io = io;
    }

    @Override
    public Integer call() {
        ObjectNode document = grant.document(Optional.of(user));
        ArrayNode wanted = document.putArray("mint");
        kind.fields().forEach(wanted::add);
        JsonNode minted = server.calls(io).post(GrantOptions.PATH, document).success();
        if (server.isJson()) {
            io.out().println(minted);
            return CommandIo.DONE;
        }
        if (io.console().isPresent()) {
            io.err().println(Shown.text(GrantOptions.sentence(minted)));
        }
        kind.fields().forEach(token -> io.out().println(minted.path(token).asText()));
        return CommandIo.DONE;
    }
}
