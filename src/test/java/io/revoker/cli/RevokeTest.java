package io.revoker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.cli.terminal.Shown;
import io.revoker.testing.Api;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that revoke, in a pipe. */
class RevokeTest {
    private static final RunningService SERVICE = RunningService.shared(RedisServers.embedded());

    private final Api api = new Api(SERVICE);
    private final String realm = Api.fresh("realm");
    private final String user = Api.fresh("joe");

    @TempDir
    private Path directory;

    @Test
    void revokesAUserEverywhereAndSaysSoInOneSentence() {
        api.pair(realm, user);
        String other = api.access(Api.fresh("realm"), user);

        CommandRun run = run("revoke", "user", user, "--reason", "laptop stolen", "--reason-code=compromise");

        assertThat(run)
                .isEqualTo(new CommandRun(
                        0,
                        "user " + user + " in every realm: 3 tokens invalidated, 0 already invalid, 0 errors\n",
                        ""));
        assertThat(api.check(other)).isEqualTo(401);
        assertThat(run("sweeps", "list").out()).contains(user, "compromise: laptop stolen");
    }

    @Test
    void revokesAUserOfOneRealmOnly() {
        String one = api.access(realm, user);
        String other = api.access(Api.fresh("realm"), user);

        CommandRun run = run("revoke", "user", user, "--realm", realm);

        assertThat(run.status()).isZero();
        assertThat(api.check(one)).isEqualTo(401);
        assertThat(api.check(other)).isEqualTo(200);
    }

    @Test
    void revokesNoRealmThatNobodyHasConfirmed() {
        String token = api.access(realm, user);

        CommandRun run = run("revoke", "realm", realm);

        assertThat(run.status()).isEqualTo(4);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("error: realm " + realm
                        + ": not confirmed (expected: --yes or --expect-max=N where there is no terminal)\n");
        assertThat(api.check(token)).isEqualTo(200);
    }

    @Test
    void revokesNothingIfThereIsMoreThanExpected() {
        String token = api.access(realm, user);
        api.access(realm, Api.fresh("jim"));

        CommandRun run = run("revoke", "realm", realm, "--expect-max=1");

        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).contains("more live tokens than expected_max: 1 (nothing was revoked)");
        assertThat(api.check(token)).isEqualTo(200);
        assertThat(run("revoke", "realm", realm, "--expect-max=2").out()).contains("2 tokens invalidated");
    }

    @Test
    void showsWhatWouldBeHitAndDoesNothing() {
        String token = api.access(realm, user);

        CommandRun run = run("revoke", "realm", realm, "--dry-run");

        assertThat(run).isEqualTo(new CommandRun(0, "realm " + realm + ": 1 live token would be invalidated\n", ""));
        assertThat(api.check(token)).isEqualTo(200);
    }

    @Test
    void takesTheTimeOfOlderTokensInBothForms() {
        String token = api.access(realm, user);

        for (String time : List.of("1700000000", "2023-11-14T22:13:20Z")) {
            CommandRun run = run("revoke", "user", user, "--issued-before=" + time);
            assertThat(run.status()).as(run.toString()).isZero();
            assertThat(run.out()).contains("0 tokens invalidated");
        }
        assertThat(api.check(token)).isEqualTo(200);
        assertThat(run("revoke", "user", user, "--issued-before=yesterday").err())
                .contains("issued_before: not a time");
    }

    @Test
    void namesTheTimeOfOlderTokensWhereverItNamesTheirTarget() {
        api.access(realm, user);
        String words = "realm " + realm + ", issued before 2023-11-14T22:13:20Z";

        assertThat(run("revoke", "realm", realm, "--yes", "--issued-before=2023-11-14T22:13:20Z")
                        .out())
                .isEqualTo(words + ": 0 tokens invalidated, 0 already invalid, 0 errors\n");
        assertThat(run("sweeps", "list").out()).contains(words);
    }

    /** There is no lock of what was issued before, and a token is either meant or not. */
    @Test
    void offersNoTimeWhereItWouldBeRefused() {
        for (List<String> command : List.of(
                List.of("lock", "user", user, "--for=1h"),
                List.of("lock", "realm", realm, "--for=1h"),
                List.of("revoke", "token"))) {
            String[] arguments = Stream.concat(command.stream(), Stream.of("--issued-before=7"))
                    .toArray(String[]::new);
            assertThat(run(arguments).err()).startsWith("--issued-before: no such option");
        }
    }

    @Test
    void waitsForTheFollowersAndNamesThoseThatAreLate() {
        String token = api.access(realm, user);
        String follower = Api.fresh("follower");
        assertThat(SERVICE.call("PUT", "/v1/followers/" + follower)
                        .json("{\"confirmed\":\"1\"}")
                        .send()
                        .status())
                .isEqualTo(200);

        CommandRun late = run("revoke", "user", user, "--wait-followers=100ms");

        assertThat(late.status()).isEqualTo(7);
        assertThat(late.out()).contains("1 token invalidated");
        assertThat(late.err())
                .contains("user " + user + " in every realm: revoked, but not known to be applied by all of 1 follower:"
                        + " anonymous/" + follower + " (UNKNOWN)");
        assertThat(api.check(token)).isEqualTo(401);
        SERVICE.call("DELETE", "/v1/followers/" + follower).send();
        CommandRun done = run("revoke", "realm", realm, "--yes", "--json", "--wait-followers=5s");
        assertThat(done.status()).isZero();
        assertThat(done.out()).contains("\"receipt\":{\"state\":\"CLOSED\"", "\"invalidated_tokens\":0");
        assertThat(done.err()).contains("applied by 0 followers within 0 ms");
        assertThat(run("revoke", "user", user, "--wait-followers=soon").err()).contains("timeout: not a time");
    }

    @Test
    void saysWhichArgumentItCanNotUse() {
        assertThat(run("revoke", "user", user, "--expect-max=few").err())
                .startsWith("--expect-max: not usable (expected: N)\nusage: ");
        assertThat(run("revoke", "user", user, "--bogus=" + "s3cret").err())
                .startsWith("--bogus: no such option\nusage: ")
                .doesNotContain("s3cret");
        assertThat(run("revoke", "user", user, "surplus").err())
                .startsWith("argument: one too many\nusage: ")
                .doesNotContain("surplus");
    }

    @Test
    void printsTheJsonOfTheServiceForScripts() {
        api.pair(realm, user);

        assertThat(run("revoke", "realm", realm, "--dry-run", "--json").out())
                .startsWith("{\"dry_run\":true,\"invalidated_tokens\":2");
        assertThat(run("revoke", "realm", realm, "--yes", "--json").out())
                .contains("\"state\":\"ended\"", "\"invalidated_tokens\":2");
    }

    @Test
    void revokesTheTokenOfTheInputAndOfAFile() throws Exception {
        String typed = api.access(realm, user);
        String stored = api.access(realm, user);
        Path file = Files.writeString(directory.resolve("token"), stored + "\n");

        CommandRun one = CommandRun.with(SERVICE, typed + "\n", Map.of(), "revoke", "token");

        assertThat(one.out()).isEqualTo("the token: 1 token invalidated, 0 already invalid, 0 errors\n");
        assertThat(run("revoke", "token", "--token-file=" + file).status()).isZero();
        assertThat(api.check(typed)).isEqualTo(401);
        assertThat(api.check(stored)).isEqualTo(401);
    }

    @Test
    void saysThatATokenIsUnknown() {
        CommandRun run = CommandRun.with(SERVICE, "nonsense\n", Map.of(), "revoke", "token");

        assertThat(run)
                .isEqualTo(new CommandRun(1, "", "error: the token: unknown, or expired: nothing was invalidated\n"));
    }

    @Test
    void revokesTheTokensOfAClientAndOfASession() {
        String web = registered("client_id", "web");
        String phone = registered("session_id", "s1");
        String other = api.access(realm, user);

        assertThat(run("revoke", "client", "web", "--realm", realm, "--yes").out())
                .contains("1 token invalidated");
        assertThat(run("revoke", "session", "s1", "--user", user, "--realm", realm)
                        .out())
                .contains("1 token invalidated");

        assertThat(api.check(web)).isEqualTo(401);
        assertThat(api.check(phone)).isEqualTo(401);
        assertThat(api.check(other)).isEqualTo(200);
    }

    @Test
    void asksWhetherAnUnknownNameIsRight() {
        CommandRun run = run("revoke", "user", user);

        assertThat(run.status()).isZero();
        assertThat(run.err())
                .isEqualTo("warning: user " + user + " in every realm: no token is known there, is the name right?\n");
    }

    @Test
    void namesTheSweepInsteadOfWaiting() {
        api.access(realm, user);

        CommandRun run = run("revoke", "realm", realm, "--yes", "--no-wait");

        assertThat(run.out())
                .matches("realm " + realm + ": revoked; see the counting with: revoker sweeps watch \\d+\n");
        String sweep = run.out().replaceAll("\\D*$", "").replaceAll("(?s).* ", "");
        assertThat(run("sweeps", "watch", sweep).out())
                .isEqualTo("realm " + realm + ": ended, 1 token invalidated, 0 already invalid, 0 errors\n");
        assertThat(run("sweeps", "stop", sweep).status()).isEqualTo(1);
        assertThat(run("sweeps", "watch", sweep, "--json").out()).contains("\"sweep\":\"" + sweep + "\"");
    }

    @Test
    void repeatsWithTheSameKeyWithoutDoingItTwice() {
        String key = "--idempotency-key=" + Api.fresh("key");
        api.access(realm, user);
        run("revoke", "user", user, key);
        String later = api.access(realm, user);

        CommandRun run = run("revoke", "user", user, key);

        assertThat(run.out()).contains("1 token invalidated");
        assertThat(api.check(later)).isEqualTo(200);
    }

    @Test
    void saysThatNoServiceIsThere() {
        CommandRun run = CommandRun.in(Map.of(), "", "revoke", "user", user, "--server", "http://127.0.0.1:1");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).isEqualTo("error: not reachable: 127.0.0.1:1: no connection; nothing was done\n");
    }

    /** It takes the request, and closes the connection. */
    @Test
    void saysThatItDoesNotKnowIfTheServiceGotIt() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
                try (Socket one = mute.accept()) {
                    assertThat(one.getInputStream().read()).isEqualTo('P');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            CommandRun run = CommandRun.in(
                    Map.of(), "", "revoke", "user", user, "--server", "http://127.0.0.1:" + mute.getLocalPort());

            closed.join();
            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err()).contains("; whether it was done is not known, repeat it with --idempotency-key=");
        }
    }

    @Test
    void asksTheNextInstance() {
        String both = "http://127.0.0.1:1 " + SERVICE.uri("");

        assertThat(CommandRun.in(Map.of("REVOKER_SERVER", both), "", "locks").status())
                .isZero();
    }

    @Test
    void namesWhatIsMissing() {
        assertThat(run("revoke", "client", "web").err()).startsWith("missing: --realm=REALM\nusage: ");
        assertThat(run("revoke", "client", "web").status()).isEqualTo(2);
        assertThat(run("revoke", "user").err()).startsWith("missing: USER\nusage: ");
        assertThat(run("revoke").err())
                .startsWith("command: none (expected: all or client or key or realm or session or token or user)");
    }

    @Test
    void showsNoControlCharacters() {
        assertThat(Shown.text("joe\u001b[2J\nroot \u202e")).isEqualTo("joe?[2J?root ?");
    }

    private String registered(String field, String value) {
        return api.register("{\"realm_name\":\"" + realm + "\",\"username\":\"" + user + "\",\"" + field + "\":\""
                        + value + "\",\"mint\":[\"access_token\"]}")
                .json()
                .required("access_token")
                .textValue();
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.of(SERVICE, arguments);
    }
}
