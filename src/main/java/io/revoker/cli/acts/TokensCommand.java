package io.revoker.cli.acts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.service.ServerOptions;
import io.revoker.cli.service.ServiceCalls;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.SecretInput;
import io.revoker.cli.terminal.Shown;
import io.revoker.cli.terminal.StandardOptions;
import io.revoker.cli.terminal.Table;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tokens}: which there are, whether one is active, and new ones. */
@Command(
        name = "tokens",
        header = "Lists the live tokens of a user, checks one, or registers and mints some.",
        exitCodeList = "2:the arguments can't be used")
public final class TokensCommand {
    @Mixin
    final StandardOptions standardOptions = new StandardOptions();

    private final CommandIo io;

    public TokensCommand(CommandIo io) {
        this.io = io;
    }

    @Command(name = "list", header = "Lists the grants of a user in a realm that have a live token.")
    int list(
            @Parameters(paramLabel = "USER", description = "the user's name") String user,
            @Option(names = "--realm", required = true, paramLabel = "REALM", description = "the realm") String realm,
            @Mixin ServerOptions server) {
        Aim aim = Aim.ofUser(user, Optional.of(realm));
        ServiceCalls calls = server.calls(io);
        String first = GrantOptions.PATH + "?realm_name=" + encoded(realm) + "&username=" + encoded(user);
        String page = first;
        do {
            JsonNode found = calls.get(page).success();
            print(server, found.path("grants"), page.equals(first) ? aim + ": no live tokens" : "");
            page = found.has("next")
                    ? first + "&after=" + encoded(found.path("next").asText())
                    : "";
        } while (!page.isEmpty());
        return CommandIo.DONE;
    }

    private void print(ServerOptions server, JsonNode grants, String none) {
        if (server.isJson()) {
            grants.forEach(io.out()::println);
            return;
        }
        Table table = new Table("ID", "CLIENT", "SESSION", "ISSUED", "ACCESS EXPIRES", "REFRESH EXPIRES", "SCOPE");
        grants.forEach(grant -> table.add(
                grant.path("id").asText(),
                grant.path("client_id").asText("-"),
                grant.path("session_id").asText("-"),
                RevocationText.time(grant.path("issued_at")),
                RevocationText.time(grant.path("access_token").path("expires_at")),
                RevocationText.time(grant.path("refresh_token").path("expires_at")),
                grant.path("scope").asText("-")));
        Consumer<String> print = io.out()::println;
        if (!grants.isEmpty()) {
            table.lines().forEach(print);
        } else if (!none.isEmpty()) {
            print.accept(Shown.text(none));
        }
    }

    @Command(
            name = "check",
            header = "Says whether a token is active; it is typed without echo, or the first line of the input.")
    int check(
            @Option(names = "--token-file", paramLabel = "FILE", description = "has the token") Optional<Path> file,
            @Option(names = "--refresh", description = "it is a refresh token") Optional<Boolean> refresh,
            @Mixin ServerOptions server) {
        String token = file.map(SecretInput::ofFile).orElseGet(() -> SecretInput.ofPerson(io, "token"));
        String hint = refresh.orElse(false) ? "&token_type_hint=refresh_token" : "";
        JsonNode answer = server.calls(io)
                .post("/oauth2/introspect", "token=" + encoded(token) + hint)
                .success();
        boolean active = answer.path("active").asBoolean();
        io.out().println(server.isJson() ? answer.toString() : sentence(answer, active));
        return active ? CommandIo.DONE : CommandIo.INACTIVE;
    }

    private static String sentence(JsonNode answer, boolean active) {
        return active
                ? Shown.text("active: user " + answer.path("username").asText("-") + " in realm "
                        + answer.path("realm_name").asText("-") + ", expires "
                        + RevocationText.time(answer.path("exp")))
                : "not active";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
