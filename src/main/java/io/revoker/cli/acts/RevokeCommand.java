package io.revoker.cli.acts;

import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.SecretInput;
import io.revoker.cli.terminal.StandardOptions;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code revoke}: makes tokens stop working. */
@Command(
        name = "revoke",
        header = "Revokes the tokens of a user, a realm, a client, a session or a key, one token, or all.",
        description = "A terminal shows first what will be hit, and asks if it is more than one user.",
        exitCodeList = "2:the arguments can't be used")
public final class RevokeCommand {
    private static final String REALM = "--realm";
    private static final String OF_THE_REALM = "the realm";

    @Mixin
    final StandardOptions standardOptions = new StandardOptions();

    private final CommandIo io;

    public RevokeCommand(CommandIo io) {
        this.io = io;
    }

    @Command(name = "user", header = "Revokes all tokens of a user, in one realm or in every one.")
    int user(
            @Parameters(paramLabel = "USER", description = "the user's name") String user,
            @Option(names = REALM, paramLabel = "REALM", description = "only in this realm") Optional<String> realm,
            @Mixin OlderTokens older,
            @Mixin RevokeOptions how) {
        return new Revoking(io, how).of(Aim.ofUser(user, realm).of(older));
    }

    @Command(name = "realm", header = "Revokes all tokens of a realm.")
    int realm(
            @Parameters(paramLabel = "REALM", description = "the realm's name") String realm,
            @Mixin OlderTokens older,
            @Mixin RevokeOptions how) {
        return new Revoking(io, how).of(Aim.ofRealm(realm).of(older));
    }

    @Command(name = "all", header = "Revokes every token of every realm.")
    int all(@Mixin OlderTokens older, @Mixin RevokeOptions how) {
        return new Revoking(io, how).of(Aim.ofAll().of(older));
    }

    @Command(name = "client", header = "Revokes the tokens that an OAuth client got in a realm.")
    int client(
            @Parameters(paramLabel = "CLIENT", description = "its client_id") String client,
            @Option(names = REALM, required = true, paramLabel = "REALM", description = OF_THE_REALM) String realm,
            @Mixin OlderTokens older,
            @Mixin RevokeOptions how) {
        return new Revoking(io, how)
                .of(Aim.ofRealm(realm, "client_id", "client", client).of(older));
    }

    @Command(name = "key", header = "Revokes the JWTs of a realm that a key has signed.")
    int key(
            @Parameters(paramLabel = "KID", description = "its kid") String kid,
            @Option(names = REALM, required = true, paramLabel = "REALM", description = OF_THE_REALM) String realm,
            @Mixin OlderTokens older,
            @Mixin RevokeOptions how) {
        return new Revoking(io, how).of(Aim.ofRealm(realm, "kid", "key", kid).of(older));
    }

    @Command(name = "session", header = "Revokes the tokens of one session of a user.")
    int session(
            @Parameters(paramLabel = "SESSION", description = "its session_id") String session,
            @Option(names = "--user", required = true, paramLabel = "USER", description = "the user") String user,
            @Option(names = REALM, required = true, paramLabel = "REALM", description = OF_THE_REALM) String realm,
            @Mixin OlderTokens older,
            @Mixin RevokeOptions how) {
        return new Revoking(io, how).of(Aim.ofSession(session, user, realm).of(older));
    }

    @Command(
            name = "token",
            header = "Revokes one token, which is typed without echo or is the first line of the input.")
    int token(
            @Option(names = "--token-file", paramLabel = "FILE", description = "has the token") Optional<Path> file,
            @Option(names = "--jti", paramLabel = "JTI", description = "a JWT by its jti, with --realm")
                    Optional<String> jti,
            @Option(names = REALM, paramLabel = "REALM", description = OF_THE_REALM) Optional<String> realm,
            @Mixin RevokeOptions how) {
        if (jti.isPresent() != realm.isPresent() || (jti.isPresent() && file.isPresent())) {
            throw CommandFailure.usage("token: not clear which (expected: its text, or --jti with --realm)");
        }
        Aim named = jti.map(name -> Aim.ofToken(realm.orElseThrow(), name))
                .orElseGet(() ->
                        Aim.ofToken(file.map(SecretInput::ofFile).orElseGet(() -> SecretInput.ofPerson(io, "token"))));
        return new Revoking(io, how).of(named);
    }
}
