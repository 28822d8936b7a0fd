package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Manual;
import io.revoker.testing.MarkdownBlocks.Block;
import io.revoker.testing.Members;
import io.revoker.testing.RunningService;
import io.revoker.testing.ShellExample;
import io.revoker.testing.Snippet;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Does what the manual says, and compares with what it shows. */
class ManualTest {
    private static final Pattern ACCESS_TOKEN = Pattern.compile("rva_[A-Za-z0-9_-]{49}");

    /** As many as there are; count a new one here. */
    private static final int CURL_BLOCKS = 17;

    private static RunningService service;
    private static List<Block> blocks;

    @BeforeAll
    static void start() {
        service = RunningService.start();
        blocks = Manual.blocks();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void everyCurlLineAnswersWhatIsShown() {
        String token = "";
        int compared = 0;
        for (int i = 0; i + 1 < blocks.size(); i++) {
            if (blocks.get(i).isShell() && blocks.get(i).text().contains("curl")) {
                String answer = ShellExample.parse(blocks.get(i)
                                .text()
                                .replace("$ACCESS_TOKEN", token)
                                .replace("$UNTIL", Api.ahead(Duration.ofDays(30)))
                                .replace("$SINCE", Api.ahead(Duration.ofHours(-1))))
                        .run(service);
                assertThat(normal(answer))
                        .as(blocks.get(i).place())
                        .isEqualTo(normal(blocks.get(i + 1).text()));
                Matcher minted = ACCESS_TOKEN.matcher(answer);
                token = minted.find() ? minted.group() : token;
                compared++;
            }
        }
        assertThat(compared).isEqualTo(CURL_BLOCKS);
    }

    @Test
    void theFiveRequestsOfTheJavaClientInvalidate() throws Exception {
        Api api = new Api(service);
        Api.Pair some = api.pair("some_realm", "some_user");
        List<String> tokens = List.of(
                some.access(),
                api.access("default_native", "some_user"),
                api.access("other_realm", "other_user"),
                api.access("default_native", "extra_user"));

        snippet("InvalidateTokenRequest.refreshToken").run(service, some.access(), some.refresh());

        assertThat(tokens).allSatisfy(token -> assertThat(api.check(token)).isEqualTo(401));
        assertThat(api.invalidateRefresh(some.refresh())).isEqualTo("200 0,1,0");
    }

    @Test
    void theAsynchronousRequestInvalidates() throws Exception {
        Api api = new Api(service);
        String token = api.access("some_realm", "other_user");

        snippet("invalidateTokenAsync").run(service, "", "");

        assertThat(api.check(token)).isEqualTo(401);
    }

    @Test
    void theJavaClientRegistersAndChecks() throws Exception {
        assertThat(snippet("client.register").run(service, "", "")).contains("good=true");
    }

    @Test
    void theJavaClientNeedNotWaitForTheCounts() throws Exception {
        assertThat(snippet("beginInvalidation").run(service, "", "")).containsPattern("(running|ended) \\d+");
    }

    @Test
    void theViewKnowsWhatWasRevoked() throws Exception {
        Api api = new Api(service);
        String token = api.access("corp", "joe");
        assertThat(api.invalidateAccess(token)).isEqualTo("200 1,0,0");

        assertThat(snippet("view.isRevoked").run(service, token, "")).contains("REVOKED true");
    }

    @Test
    void theConnectionsOfAnApplicationAreWatched() throws Exception {
        assertThat(snippet("LiveConnections live").run(service, "token", "")).isEmpty();
    }

    @Test
    void anotherVerticleRevokesAndHears() throws Exception {
        Api api = new Api(service);
        String token = api.access("some_realm", "joe");

        String output = snippet("RevokerBus").run(service, "", "");

        assertThat(api.check(token)).isEqualTo(401);
        assertThat(output).contains("OfUser[user=joe]").containsPattern("invalidated \\{}[1-9]");
    }

    @Test
    void anApplicationJoinsTheCluster() throws Exception {
        Members members = Members.of(2);
        String here = "\"127.0.0.1\", " + members.ports().get(1) + ", 0, Optional.of(\"" + members.addresses() + "\")";
        Snippet lines = new Snippet(snippet("Cluster.join")
                .text()
                .replace("\"10.0.0.9\", 5701, 5710, Optional.of(\"10.0.0.1,10.0.0.2\")", here));

        try (RunningService member = RunningService.start(members.options(0).toArray(String[]::new))) {
            assertThat(lines.run(member, "", "")).contains("whole=true");
        }
    }

    private static Snippet snippet(String part) {
        return new Snippet(blocks.stream()
                .filter(block -> block.isJava() && block.text().contains(part))
                .findFirst()
                .orElseThrow()
                .text());
    }

    /** Without what differs from run to run, minted tokens and times; a long answer is shown on several lines. */
    private static String normal(String text) {
        return text.strip()
                .replaceAll(",\\n +", ",")
                .replaceAll("rv([ar])_[A-Za-z0-9_-]{49}", "rv$1_…")
                .replaceAll("\"(iat|exp|issued_at)\":\\d+", "\"$1\":…")
                .replaceAll("\"until\":\"[^\"]+\"", "\"until\":…")
                .replaceAll("\"sweep\":\"\\d+\"", "\"sweep\":…");
    }
}
