package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.cli.service.ServerOptions;
import io.revoker.cli.service.ServiceAnswer;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.SecretInput;
import io.revoker.cli.terminal.Shown;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tokens register}: tokens that there are. */
@Command(
        name = "register",
        header = "Registers a token, which is typed without echo or is the first line of the input.",
        description = "To register it again changes nothing.")
public final class RegisterCommand implements Callable<Integer> {
    @Mixin
    private final GrantOptions grant = new GrantOptions();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "USER", arity = "0..1", description = "the user's name; a JWT's sub can stand for it")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "access (the default), refresh, or pair, which is two lines: the access token first")
    private GrantKind kind = GrantKind.ACCESS;

    @Option(names = "--token-file", paramLabel = "FILE", description = "has the tokens, one a line")
    private Optional<Path> file = Optional.empty();

    private final CommandIo io;

    public RegisterCommand(CommandIo io) {
        this.io = io;
    }

    @Override
    public Integer call() {
        ObjectNode document = grant.document(user);
        List<String> names = kind.fields();
        List<String> tokens = SecretInput.lines(io, file, names);
        for (int i = 0; i < names.size(); i++) {
            document.put(names.get(i), tokens.get(i));
        }
        ServiceAnswer answer = server.calls(io).post(GrantOptions.PATH, document);
        String sentence = GrantOptions.sentence(answer.success());
        String what = answer.status() == 201 ? "registered: " : "was registered before: ";
        io.out().println(server.isJson() ? answer.body().toString() : what + Shown.text(sentence));
        return CommandIo.DONE;
    }
}
