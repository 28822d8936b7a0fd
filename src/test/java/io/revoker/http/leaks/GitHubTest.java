package io.revoker.http.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.ClientFiles;
import io.revoker.testing.GitHub;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports as GitHub sends them, and one that GitHub has signed. */
class GitHubTest {
    private static final String PATH = "/v1/leaks/github";
    private static final int MOST_LONG = 8;
    private static final String OURS = GitHub.KEY;

    private static GitHub github;
    private static GitHub other;
    private static RunningService service;

    @BeforeAll
    static void start() {
        github = GitHub.start();
        other = GitHub.start();
        service = RunningService.start(Stream.concat(Stream.of(ClientFiles.option()), github.options().stream())
                .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        service.close();
        github.close();
        other.close();
    }

    @Test
    void revokesWhatLeakedAndTellsWhatItWas() {
        String access = ClientFiles.token(service, "corp", "access_token");
        String refresh = ClientFiles.token(service, "partners", "refresh_token");
        String kept = ClientFiles.token(service, "corp", "access_token");
        String expired = "rva_" + "A".repeat(43) + "1K7t2Y";
        String report = report(access, refresh, "not-one-of-ours", expired);

        Reply reply = send(report, OURS, github);

        assertThat(reply)
                .hasToString("200 [" + label(access, true) + "," + label(refresh, true) + ","
                        + label("not-one-of-ours", false) + "," + label(expired, false) + "]");
        assertThat(isActive(access)).isFalse();
        assertThat(isActive(refresh)).isFalse();
        assertThat(isActive(kept)).isTrue();
        assertThat(send(report, OURS, github)).as("again").hasToString(reply.toString());
    }

    /** One that has been forgotten, as it is after its expiry; the checksum is that of the manual's example. */
    @Test
    void knowsATokenThatHasExpiredByItsChecksum() {
        String expired = "rva_xt2zTbeLPzdnVHSIjgCPHmGuRW3UMmLXmWgtJKkVBfo3wmTit";

        assertThat(send(report(expired), OURS, github)).hasToString("200 [" + label(expired, true) + "]");
    }

    /** The example of GitHub's documentation, with GitHub's signature: R has 33 bytes, and S has 31. */
    @Test
    void takesWhatGitHubHasSigned() {
        Reply reply = service.call("POST", PATH)
                .header(GitHub.KEY_HEADER, GitHub.GITHUBS_KEY)
                .header(
                        GitHub.SIGNATURE_HEADER,
                        "MEQCIQDaMKqrGnE27S0kgMrEK0eYBmyG0LeZismAEz/BgZyt7AIfXt9fErtRS4XaeSt/AO1RtBY66YcAdjxji410VQV4xg==")
                .json("[{\"source\":\"commit\",\"token\":\"some_token\",\"type\":\"some_type\","
                        + "\"url\":\"https://example.com/base-repo-url/\"}]")
                .send();

        assertThat(reply).hasToString("200 [" + label("some_token", "some_type", false) + "]");
    }

    @Test
    void refusesWhatGitHubHasNotSigned() {
        String access = ClientFiles.token(service, "corp", "access_token");
        String report = report(access);
        String signature = github.sign(report);

        assertThat(send(report, OURS, other).status()).as("another key").isEqualTo(403);
        assertThat(send(report, "unknown", other).status()).as("an unknown key").isEqualTo(403);
        assertThat(send(report + " ", OURS, signature).status())
                .as("another report")
                .isEqualTo(403);
        assertThat(send(report, OURS, "x").status()).as("no base64").isEqualTo(403);
        assertThat(send(report, OURS, Base64.getEncoder().encodeToString(new byte[64]))
                        .status())
                .as("no ASN.1")
                .isEqualTo(403);
        assertThat(service.call("POST", PATH).json(report).send()).satisfies(unsigned -> {
            assertThat(unsigned.status()).isEqualTo(403);
            assertThat(unsigned.json().required("detail").textValue())
                    .isEqualTo("Github-Public-Key-Signature: false (expected: that of GitHub)");
        });
        assertThat(service.call("POST", PATH)
                        .basic(ClientFiles.ROOT, ClientFiles.SECRET)
                        .json(report)
                        .send()
                        .status())
                .as("a client")
                .isEqualTo(403);
        assertThat(isActive(access)).isTrue();
    }

    /** Whoever sends invented key ids makes the service fetch nothing more. */
    @Test
    void doesNotFetchKeysForEachUnknownId() {
        send(report("x"), "unknown", other);
        int before = github.fetches();

        for (int i = 0; i < 5; i++) {
            send(report("x"), "unknown-" + i, other);
        }

        assertThat(github.fetches()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | body: not an array of findings (expected: objects with a token, at least one)
            [] | body: not an array of findings (expected: objects with a token, at least one)
            [{"type":"a"}] | [0].token: not a string with at least one character
            [ | body: not JSON at line 1, column 2
            """)
    void refusesWhatIsNoReport(String body, String detail) {
        Reply reply = send(body, OURS, github);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().required("detail").textValue()).isEqualTo(detail);
    }

    @Test
    void refusesAnotherMethodAnotherTypeAndTooMuch() {
        assertThat(service.call("GET", PATH).send().status()).isEqualTo(405);
        assertThat(service.call("POST", PATH).form("x=y").send().status()).isEqualTo(415);
        assertThat(send(report("x".repeat(2 * 1024 * 1024)), OURS, github).status())
                .isEqualTo(413);
    }

    /** GitHub's documentation says that a large number of matches comes. */
    @Test
    void takesThousandsOfMatches() {
        String ours = ClientFiles.token(service, "corp", "access_token");
        String[] tokens = new String[5_000];
        Arrays.fill(tokens, "not-one-of-ours");
        tokens[tokens.length - 1] = ours;

        Reply reply = send(report(tokens), OURS, github);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).hasSize(tokens.length);
        assertThat(isActive(ours)).isFalse();
    }

    /** A type that is none is no part of the answer. */
    @Test
    void tellsNothingOfATypeThatIsNotThere() {
        assertThat(send("[{\"token\":\"x\"},{\"token\":\"x\",\"type\":7}]", OURS, github)
                        .body())
                .doesNotContain("token_type");
    }

    /** Strangers can't hold as many long reports in the memory as short ones, nor keep short ones out. */
    @Test
    void readsFewLongReportsAtATime() {
        String begun = "POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 2000000\r\n\r\n[";
        String longer = report("x".repeat(70_000));
        try (RunningService own =
                RunningService.start(Stream.concat(Stream.of("--runtime.instances=1"), github.options().stream())
                        .toArray(String[]::new))) {
            List<RawConnection> slow = Stream.generate(own::connect)
                    .limit(MOST_LONG)
                    .map(connection -> connection.send(begun))
                    .toList();

            Waiting.until("full", () -> send(own, longer).status() == 503);
            assertThat(send(own, report("x")).status()).as("a short one").isEqualTo(200);

            slow.forEach(RawConnection::close);
            Waiting.until("room again", () -> send(own, longer).status() == 200);
        }
    }

    @Test
    void isNotThereUnlessItIsConfigured() {
        Reply reply = RunningService.shared(RedisServers.embedded())
                .call("POST", PATH)
                .json("[]")
                .send();

        assertThat(reply.status()).isEqualTo(404);
    }

    @Test
    void canNotSayWhoHasSignedWhileTheKeysCanNotBeFetched() {
        try (RunningService own = RunningService.start(
                "--leaks.github-keys=http://127.0.0.1:9/", "--leaks.allow-private-addresses=true")) {
            Reply reply = own.call("POST", PATH)
                    .header(GitHub.KEY_HEADER, OURS)
                    .header(GitHub.SIGNATURE_HEADER, github.sign("[]"))
                    .json("[]")
                    .send();

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.json().required("detail").textValue())
                    .startsWith("keys: not fetched (expected: those of the reporter)");
        }
    }

    private static boolean isActive(String token) {
        return ClientFiles.isActive(service, token);
    }

    private static Reply send(String report, String key, GitHub signer) {
        return send(report, key, signer.sign(report));
    }

    private static Reply send(RunningService to, String report) {
        return send(to, report, OURS, github.sign(report));
    }

    private static Reply send(String report, String key, String signature) {
        return send(service, report, key, signature);
    }

    private static Reply send(RunningService to, String report, String key, String signature) {
        return to.call("POST", PATH)
                .header(GitHub.KEY_HEADER, key)
                .header(GitHub.SIGNATURE_HEADER, signature)
                .json(report)
                .send();
    }

    private static String report(String... tokens) {
        StringBuilder report = new StringBuilder();
        for (String token : tokens) {
            report.append(report.isEmpty() ? "[" : ",")
                    .append("{\"token\":\"")
                    .append(token)
                    .append("\",\"type\":\"revoker_token\",\"url\":\"https://github.com/octocat/Hello-World/blob/"
                            + "12345600b9cbe38a219f39a9941c9319b600c002/foo/bar.txt\",\"source\":\"content\"}");
        }
        return report.append("]").toString();
    }

    private static String label(String token, boolean ours) {
        return label(token, "revoker_token", ours);
    }

    private static String label(String token, String type, boolean ours) {
        return "{\"token_hash\":\"" + sha256(token) + "\",\"token_type\":\"" + type + "\",\"label\":\""
                + (ours ? "true" : "false") + "_positive\"}";
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
