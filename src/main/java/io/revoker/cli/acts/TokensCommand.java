package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.service.ServerOptions;
import io.revoker.cli.service.ServiceCalls;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.SecretInput;
import io.revoker.cli.terminal.Shown;
import io.revoker.cli.terminal.StandardOptions;
import io.revoker.cli.terminal.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tokens}: which there are, whether one is active, and new ones. */
@Command(
        name = "tokens",
        header = "Lists the live tokens of a user or a realm, checks one, or registers and mints some.",
        exitCodeList = "2:the arguments can't be used")
public final class TokensCommand {
    @Mixin
    final StandardOptions standardOptions = new StandardOptions();

    private final CommandIo io;

    public TokensCommand(CommandIo io) {
        this.io = io;
    }

    @Command(name = "list", header = "Lists the grants of a user, of a realm, or of both that have a live token.")
    int list(
            @Parameters(paramLabel = "USER", arity = "0..1", description = "the user's name") Optional<String> user,
            @Option(names = "--realm", paramLabel = "REALM", description = "the realm; every one without it")
                    Optional<String> realm,
            @Mixin ServerOptions server) {
        Aim aim = user.map(name -> Aim.ofUser(name, realm))
                .or(() -> realm.map(Aim::ofRealm))
                .orElseThrow(() -> CommandFailure.usage("tokens list: no target (expected: a user, --realm, or both)"));
        String first = GrantOptions.PATH + '?' + query(aim);
        List<Column> columns = columns(aim);
        Table table = new Table(columns.stream().map(Column::head).toArray(String[]::new));
        ServiceCalls calls = server.calls(io);
        Optional<String> page = Optional.of(first);
        boolean isEmpty = true;
        while (page.isPresent()) {
            JsonNode found = calls.getPatiently(page.get()).success();
            isEmpty &= found.path("grants").isEmpty();
            if (server.isJson()) {
                found.path("grants").forEach(io.out()::println);
            } else {
                print(found.path("grants"), columns, table);
            }
            if (found.path("error_count").asLong() > 0) {
                io.warn(Shown.count(found.path("error_count").asLong(), "grant") + " could not be read");
            }
            page = Optional.ofNullable(found.get("next"))
                    .map(next -> first + '&' + ServiceCalls.parameter("after", next.asText()));
        }
        if (isEmpty && !server.isJson()) {
            io.out().println(Shown.text(aim + ": no live tokens"));
        }
        return CommandIo.DONE;
    }

    private static String query(Aim aim) {
        return aim.target().properties().stream()
                .map(member -> ServiceCalls.parameter(
                        member.getKey(), member.getValue().asText()))
                .collect(Collectors.joining("&"));
    }

    /** A column of the table. */
    private record Column(String head, Function<JsonNode, String> cell) {
        static Column of(String head, String member) {
            return new Column(head, grant -> grant.path(member).asText("-"));
        }

        static Column ofExpiry(String head, String token) {
            return new Column(
                    head, grant -> RevocationText.time(grant.path(token).path("expires_at")));
        }
    }

    /** With the realm or the user that was not named. */
    private static List<Column> columns(Aim aim) {
        return Stream.of(
                        Optional.of(Column.of("REALM", "realm_name"))
                                .filter(any -> !aim.target().has("realm_name")),
                        Optional.of(Column.of("USER", "username"))
                                .filter(any -> !aim.target().has("username")),
                        Optional.of(Column.of("ID", "id")),
                        Optional.of(Column.of("CLIENT", "client_id")),
                        Optional.of(Column.of("SESSION", "session_id")),
                        Optional.of(new Column("ISSUED", grant -> RevocationText.time(grant.path("issued_at")))),
                        Optional.of(Column.ofExpiry("ACCESS EXPIRES", "access_token")),
                        Optional.of(Column.ofExpiry("REFRESH EXPIRES", "refresh_token")),
                        Optional.of(Column.of("SCOPE", "scope")))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The heads come with the first grant. */
    private void print(JsonNode grants, List<Column> columns, Table table) {
        grants.forEach(grant -> table.add(
                columns.stream().map(column -> column.cell().apply(grant)).toArray(String[]::new)));
        if (!grants.isEmpty()) {
            Consumer<String> print = io.out()::println;
            table.takeLines().forEach(print);
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
                .post("/oauth2/introspect", ServiceCalls.parameter("token", token) + hint)
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
}
