package io.revoker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tokens mint} and {@code tokens register}. */
class MintAndRegisterTest {
    private static final RunningService SERVICE = RunningService.shared(RedisServers.embedded());

    private final Api api = new Api(SERVICE);
    private final String realm = Api.fresh("realm");
    private final String user = Api.fresh("joe");

    @TempDir
    private Path directory;

    @Test
    void printsTheTokensThatWereMintedAndNothingElse() {
        CommandRun run = run("", "mint", user, "--client-id=web", "--scope=read write", "--session-id=s1");

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        List<String> tokens = run.out().lines().toList();
        assertThat(tokens).hasSize(2).allMatch(api::isActive);
        assertThat(tokens.get(0)).startsWith("rva_");
        assertThat(tokens.get(1)).startsWith("rvr_");
        assertThat(CommandRun.of(SERVICE, "tokens", "list", user, "--realm", realm)
                        .out())
                .contains(" web ", " s1 ", "read write");
    }

    @Test
    void mintsTheKindThatIsWantedForAsLongAsItIsWanted() {
        CommandRun access = run("", "mint", user, "--kind=access", "--expires-in=90s", "--json");
        assertThat(access.out())
                .contains("\"access_token\":\"rva_", "\"expires_in\":90")
                .doesNotContain("rvr_");

        assertThat(run("", "mint", user, "--kind=refresh", "--refresh-expires-in=2h")
                        .out())
                .startsWith("rvr_")
                .hasLineCount(1);
        assertThat(run("", "mint", user, "--kind=both").err()).startsWith("--kind: not usable (expected: KIND)");
        assertThat(run("", "mint", user, "--expires-in=soon").err())
                .isEqualTo("error: expires-in: malformed (expected: a length such as 90s, 30m, 8h or 7d)\n");
    }

    @Test
    void registersTheTokenOfTheInput() {
        String token = Api.fresh("opaque");

        CommandRun run = run(token + "\n", "register", user);

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .matches("registered: user " + user + " in realm " + realm + ": access token until \\S+Z\n");
        assertThat(api.check(token)).isEqualTo(200);
        assertThat(run(token + "\n", "register", user).out())
                .startsWith("was registered before: user " + user + " in realm " + realm);
        CommandRun conflict = run(token + "\n", "register", "another");
        assertThat(conflict.status()).isEqualTo(1);
        assertThat(conflict.err()).contains("(status 409)").doesNotContain(token);
    }

    @Test
    void registersAPairOfAFile() throws IOException {
        List<String> pair = List.of(Api.fresh("access"), Api.fresh("refresh"));
        Path file = Files.write(directory.resolve("pair"), pair);

        CommandRun run = run("", "register", user, "--kind=pair", "--token-file=" + file);

        assertThat(run.out()).contains(": access token until ", ", refresh token until ");
        assertThat(pair).allMatch(api::isActive);
        assertThat(run("", "register", user, "--token-file=" + file).err())
                .isEqualTo("error: access_token: 2 lines (expected: 1)\n");
        assertThat(run("", "register", user, "--kind=pair").err())
                .isEqualTo("error: access_token, refresh_token: 0 lines (expected: 2)\n");
    }

    /** All users of a machine see the arguments of its programs. */
    @Test
    void takesNoTokenAsAnArgument() {
        CommandRun run = run("", "register", user, "s3cret-token");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("argument: one too many").doesNotContain("s3cret");
    }

    private CommandRun run(String input, String... arguments) {
        return CommandRun.with(
                SERVICE,
                input,
                Map.of(),
                Stream.concat(Stream.of("tokens"), Stream.concat(Stream.of(arguments), Stream.of("--realm", realm)))
                        .toArray(String[]::new));
    }
}
