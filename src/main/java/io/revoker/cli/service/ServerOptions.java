package io.revoker.cli.service;

import io.revoker.cli.service.Contexts.Context;
import io.revoker.cli.service.Server.Login;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.SecretInput;
import io.revoker.cli.terminal.StandardOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the service is and who calls it: options, then variables, then the file of contexts. */
@Command(
        exitCodeList = {
            "0:done",
            "1:the service refused it, or it failed",
            "2:the arguments, a file or the input can't be used",
            "3:no service could be reached, or it can't do it now",
            "4:not confirmed, or more tokens than --expect-max: nothing was done",
            "5:revoked, but not all is counted",
            "6:the token is not active (tokens check only)"
        })
public final class ServerOptions {
    private static final String DEFAULT = "http://127.0.0.1:8080";

    @Mixin
    final StandardOptions standardOptions = new StandardOptions();

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "the service; more than once for several instances (REVOKER_SERVER)")
    private List<String> servers = List.of();

    @Option(names = "--context", paramLabel = "NAME", description = "a context of the file (REVOKER_CONTEXT)")
    private Optional<String> context = Optional.empty();

    @Option(names = "--client", paramLabel = "ID", description = "who calls (REVOKER_CLIENT)")
    private Optional<String> client = Optional.empty();

    @Option(
            names = {"--secret-file", "--password-file"},
            paramLabel = "FILE",
            description = "has the client's secret (REVOKER_SECRET_FILE, or REVOKER_SECRET with the secret itself);"
                    + " without it, a terminal asks")
    private Optional<Path> secretFile = Optional.empty();

    @Option(names = "--ca", paramLabel = "FILE", description = "the certificates to trust, as PEM (REVOKER_CA)")
    private Optional<Path> authority = Optional.empty();

    @Option(names = "--json", description = "prints the JSON of the service")
    private boolean json;

    /** Whether a program reads what is printed. */
    public boolean isJson() {
        return json;
    }

    /** Calls to the service that is meant. Asks for the secret if a person is there and it is missing. */
    public ServiceCalls calls(CommandIo io) {
        Context found = named(servers, io)
                ? Context.NONE
                : Contexts.of(io).context(context.or(() -> io.variable("REVOKER_CONTEXT")));
        Server server = new Server(
                addresses(io, found).stream().map(Server::address).toList(),
                client.or(() -> io.variable("REVOKER_CLIENT"))
                        .or(found::client)
                        .map(id -> new Login(id, secret(io, found))),
                authority.or(() -> io.variable("REVOKER_CA").map(Path::of)).or(found::authority));
        if (server.isExposed()) {
            io.warn("the secret is sent without TLS (expected: https)");
        }
        return ServiceCalls.to(server);
    }

    /** A server that is named replaces the current context, but not one that is named, too. */
    private boolean named(List<String> given, CommandIo io) {
        boolean server = !given.isEmpty() || io.variable("REVOKER_SERVER").isPresent();
        return server && context.isEmpty() && io.variable("REVOKER_CONTEXT").isEmpty();
    }

    private List<String> addresses(CommandIo io, Context found) {
        if (!servers.isEmpty()) {
            return servers;
        }
        return io.variable("REVOKER_SERVER")
                .map(text -> List.of(text.strip().split("[ ,]+", -1)))
                .or(() -> Optional.of(found.servers()).filter(all -> !all.isEmpty()))
                .orElse(List.of(DEFAULT));
    }

    /** A context's secret is for its own client only. */
    private String secret(CommandIo io, Context found) {
        boolean another = client.or(() -> io.variable("REVOKER_CLIENT"))
                .filter(id -> !found.client().equals(Optional.of(id)))
                .isPresent();
        Context own = another ? Context.NONE : found;
        Optional<Path> given =
                secretFile.or(() -> io.variable("REVOKER_SECRET_FILE").map(Path::of));
        if (given.isPresent()) {
            FileMode.warnIfOthersMayRead(given.get(), io);
            return SecretInput.ofFile(given.get());
        }
        return io.variable("REVOKER_SECRET")
                .or(own::secret)
                .or(() -> own.secretFile().map(SecretInput::ofFile))
                .orElseGet(() -> asked(io));
    }

    private static String asked(CommandIo io) {
        if (io.console().isEmpty()) {
            throw CommandFailure.usage("secret: missing (expected: --secret-file, REVOKER_SECRET or a context)");
        }
        return SecretInput.ofPerson(io, "secret");
    }
}
