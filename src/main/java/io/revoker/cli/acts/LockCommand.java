package io.revoker.cli.acts;

import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.StandardOptions;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lock}: revokes, and refuses new tokens for a while. */
@Command(
        name = "lock",
        header = "Revokes the tokens of a user or a realm, and refuses new ones until a time.",
        exitCodeList = "2:the arguments can't be used")
public final class LockCommand {
    @Mixin
    final StandardOptions standardOptions = new StandardOptions();

    private final CommandIo io;

    public LockCommand(CommandIo io) {
        this.io = io;
    }

    @Command(name = "user", header = "Locks a user, in one realm or in every one.")
    int user(
            @Parameters(paramLabel = "USER", description = "the user's name") String user,
            @Option(names = "--realm", paramLabel = "REALM", description = "only in this realm") Optional<String> realm,
            @Mixin LockEnd end,
            @Mixin RevokeOptions how) {
        return new Revoking(io, how).of(Aim.ofUser(user, realm), Optional.of(end.time(InstantSource.system())));
    }

    @Command(name = "realm", header = "Locks a realm.")
    int realm(
            @Parameters(paramLabel = "REALM", description = "the realm's name") String realm,
            @Mixin LockEnd end,
            @Mixin RevokeOptions how) {
        return new Revoking(io, how).of(Aim.ofRealm(realm), Optional.of(end.time(InstantSource.system())));
    }
}
