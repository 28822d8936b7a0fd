package io.revoker.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.MarkId;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.EventStream;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is revoked, as a follower gets it before it follows. */
class SnapshotTest {
    private static final String PATH = "/v1/revocations/snapshot";
    private static final String BINARY = "application/vnd.revoker.snapshot";

    @Test
    void hasTokensMarksAndLocksByTheirHashes() {
        try (RunningService service = RunningService.start()) {
            Api api = new Api(service);
            Api.Pair pair = api.pair("corp", "joe");
            String alone = api.access("corp", "ann");
            api.invalidateAccess(alone);
            document(service, "{'target':{'refresh_token':'" + pair.refresh() + "','grant':true}}");
            api.invalidateUserInRealm("corp", "ben");
            document(service, "{'until':'" + Api.ahead(Duration.ofDays(1)) + "','target':{'username':'eve'}}");

            JsonNode all = json(service, PATH);

            assertThat(texts(all.path("tokens")))
                    .containsExactlyInAnyOrder(hash(alone), hash(pair.access()), hash(pair.refresh()))
                    .isSorted();
            assertThat(values(all.path("marks"), "hash"))
                    .containsExactlyInAnyOrder(mark("corp", "ben"), mark("eve"))
                    .isSorted();
            assertThat(values(all.path("locks"), "hash")).containsExactly(mark("eve"));
            assertThat(all.path("stamp").textValue())
                    .isEqualTo(values(all.path("marks"), "value").stream()
                            .max(String::compareTo)
                            .orElseThrow());
            Read compact =
                    binary(service.call("GET", PATH).header("Accept", BINARY).send());
            assertThat(compact.stamp()).isEqualTo(all.path("stamp").textValue());
            assertThat(Long.parseLong(compact.since()))
                    .isGreaterThanOrEqualTo(Long.parseLong(all.path("since").textValue()));
            assertThat(compact.marks()).isEqualTo(pairs(all.path("marks"), "value"));
            assertThat(compact.locks()).isEqualTo(pairs(all.path("locks"), "until"));
            assertThat(compact.tokens()).isEqualTo(texts(all.path("tokens")));
        }
    }

    @Test
    void hasATokenOnceHoweverOftenItWasRevoked() {
        try (RunningService service = RunningService.start()) {
            Api api = new Api(service);
            List<String> tokens = List.of(api.access("corp", "joe"), api.access("corp", "ann"));
            for (int i = 0; i < 4; i++) {
                tokens.forEach(api::invalidateAccess);
            }

            assertThat(texts(json(service, PATH).path("tokens")))
                    .containsExactlyInAnyOrderElementsOf(
                            tokens.stream().map(SnapshotTest::hash).toList());
            assertThat(binary(service.call("GET", PATH).header("Accept", BINARY).send())
                            .tokens())
                    .hasSize(2);
        }
    }

    /** A parameter without a value is not one that is absent: the answer would have all realms. */
    @ParameterizedTest
    @ValueSource(strings = {"?realm_name=", "?realm_name", "?realm_name=%20"})
    void isNotOfAllRealmsIfTheNameIsMissing(String query) {
        try (RunningService service = RunningService.start()) {
            Reply refused = service.call("GET", PATH + query).send();

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().path("detail").textValue()).startsWith("realm_name: ");
        }
    }

    @Test
    void isNotSentAgainIfNothingWasRevoked() {
        try (RunningService service = RunningService.start()) {
            Api api = new Api(service);
            api.invalidateUser("joe");
            String tag = service.call("GET", PATH).send().header("ETag");

            assertThat(service.call("GET", PATH)
                            .header("If-None-Match", tag)
                            .send()
                            .status())
                    .isEqualTo(304);
            assertThat(service.call("GET", PATH)
                            .header("If-None-Match", tag)
                            .header("Accept", BINARY)
                            .send()
                            .status())
                    .isEqualTo(200);
            api.invalidateUser("ann");
            Reply again = service.call("GET", PATH).header("If-None-Match", tag).send();
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.json().path("marks")).hasSize(2);
        }
    }

    @Test
    void hasTheRealmsOfTheCallerOrOneOfThem() {
        try (RunningService service = RunningService.start(ClientFiles.option())) {
            for (String target : List.of("'realm_name':'other'", "'realm_name':'corp'", "'username':'joe'")) {
                service.call("POST", "/v1/revocations")
                        .basic(ClientFiles.ROOT, ClientFiles.SECRET)
                        .json(("{'target':{" + target + "}}").replace('\'', '"'))
                        .send();
            }
            String corp = MarkId.of(new Target.OfRealm(new RealmId("corp"))).text();

            assertThat(marks(service, ClientFiles.ROOT, "")).hasSize(3);
            assertThat(marks(service, ClientFiles.CORP, "")).containsExactlyInAnyOrder(corp, mark("joe"));
            assertThat(marks(service, ClientFiles.ROOT, "?realm_name=corp"))
                    .containsExactlyInAnyOrder(corp, mark("joe"));
            for (String foreign : List.of("other", "nowhere")) {
                Reply refused = service.call("GET", PATH + "?realm_name=" + foreign)
                        .basic(ClientFiles.CORP, ClientFiles.SECRET)
                        .send();
                assertThat(refused.status()).isEqualTo(403);
                assertThat(refused.body()).doesNotContain(foreign);
            }
        }
    }

    @Test
    void hasOneRealmInItsCompactFormToo() {
        try (RunningService service = RunningService.start()) {
            Api api = new Api(service);
            String mine = api.access("corp", "joe");
            String foreign = api.access("other", "joe");
            List.of(mine, foreign).forEach(api::invalidateAccess);
            api.invalidateUserInRealm("corp", "ann");
            api.invalidateUserInRealm("other", "ann");
            document(service, "{'until':'" + Api.ahead(Duration.ofDays(1)) + "','target':{'realm_name':'other'}}");

            Reply reply = service.call("GET", PATH + "?realm_name=corp")
                    .header("Accept", BINARY)
                    .send();

            Read compact = binary(reply);
            assertThat(compact.tokens()).containsExactly(hash(mine));
            assertThat(compact.marks()).singleElement().asString().startsWith(mark("corp", "ann"));
            assertThat(compact.locks()).isEmpty();
            assertThat(reply.header("Revoker-Realms"))
                    .isEqualTo(
                            MarkId.of(new Target.OfRealm(new RealmId("corp"))).text());
        }
    }

    /** Others may have been lost that nobody knows: tokens that were issued before can't be judged by it. */
    @Test
    void saysThatItMayLackWhatRedisHasLost() {
        String prefix = Api.fresh("lost");
        try (RunningService service = RunningService.start("--redis.prefix=" + prefix);
                RedisClient client = RedisClient.of(RedisServers.embedded().url())) {
            Api api = new Api(service);
            api.invalidateUser("joe");
            api.invalidateUser("ann");
            JsonNode before = json(service, PATH);
            String newest = before.path("stamp").textValue();
            assertThat(before.path("since").textValue()).isLessThan(newest);

            client.call("XDEL", prefix + ":{log}:events", newest + "-0");

            Waiting.until("written again", () -> {
                Reply reply = service.call("GET", PATH).send();
                return reply.status() == 200
                        && reply.json().path("stamp").textValue().compareTo(newest) > 0;
            });
            JsonNode after = json(service, PATH);
            assertThat(values(after.path("marks"), "hash")).contains(mark("joe"));
            assertThat(after.path("since").textValue()).isGreaterThan(newest);
        }
    }

    /** Tokens of the last bytes of a hash at random, as many as a page of the log has and more. */
    @Test
    void takesAtMostEightBytesATokenInItsCompactForm() {
        String prefix = Api.fresh("compact");
        int many = 20_000;
        try (RunningService service = RunningService.start("--redis.prefix=" + prefix);
                RedisClient client = RedisClient.of(RedisServers.embedded().url())) {
            Set<String> hashes = new TreeSet<>();
            List<String> call = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                TokenId id = TokenId.of("token-" + i);
                hashes.add(HexFormat.of().toHexDigits(id.firstBits()));
                call.add(id.value());
                if (call.size() == 1000) {
                    add(client, prefix, call);
                    call.clear();
                }
            }

            Reply compact = service.call("GET", PATH).header("Accept", BINARY).send();

            assertThat(compact.header("Content-Type")).isEqualTo(BINARY);
            assertThat(binary(compact).tokens()).containsExactlyElementsOf(hashes);
            assertThat(compact.bytes().length).isLessThanOrEqualTo(40 + 8 * many);
            assertThat(texts(json(service, PATH).path("tokens"))).containsExactlyElementsOf(hashes);
        }
    }

    private static void add(RedisClient client, String prefix, List<String> ids) {
        List<String> call = new ArrayList<>(List.of(
                "EVAL",
                "local t = redis.call('TIME') for i, id in ipairs(ARGV) do redis.call('XADD', KEYS[1],"
                        + " string.format('%.0f-0', t[1] * 1000000 + t[2] + i), 'target', 'access/' .. id) end",
                "1",
                prefix + ":{log}:events"));
        call.addAll(ids);
        client.call(call.toArray(String[]::new));
    }

    /** Revocations go on while followers take their snapshots; each knows all of them in the end. */
    @Test
    void andTheStreamFromItsStampMissNothing() throws InterruptedException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Set<String> revoked = new HashSet<>();
        try (RunningService service = RunningService.start()) {
            Api api = new Api(service);
            List<String> tokens = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                tokens.add(api.access("corp", "joe"));
            }
            AtomicInteger done = new AtomicInteger();
            Thread revoking = new Thread(() -> {
                for (String token : tokens) {
                    if (random.nextBoolean()) {
                        api.invalidateUser("user-" + done.get());
                        revoked.add(mark("user-" + done.get()));
                    } else {
                        api.invalidateAccess(token);
                        revoked.add(hash(token));
                    }
                    done.incrementAndGet();
                }
            });
            revoking.start();
            List<Set<String>> known = new ArrayList<>();
            List<EventStream> streams = new ArrayList<>();
            while (revoking.isAlive()) {
                JsonNode snapshot = json(service, PATH);
                Set<String> hashes = new HashSet<>(texts(snapshot.path("tokens")));
                hashes.addAll(values(snapshot.path("marks"), "hash"));
                known.add(hashes);
                streams.add(EventStream.of(
                        service, "Last-Event-ID", snapshot.path("stamp").textValue()));
            }
            revoking.join();
            String last = json(service, PATH).path("stamp").textValue();

            for (int i = 0; i < streams.size(); i++) {
                try (EventStream stream = streams.get(i)) {
                    stream.await(event -> event.isHeartbeat() && event.stamp().equals(last));
                    Set<String> all = known.get(i);
                    stream.events()
                            .forEach(event -> all.add(event.data().path("hash").textValue()));
                    assertThat(all).as("seed " + seed).isEqualTo(revoked);
                }
            }
        }
    }

    /** What the compact form says, read as the manual describes it. */
    private record Read(String stamp, String since, List<String> marks, List<String> locks, List<String> tokens) {}

    private static Read binary(Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        ByteBuffer bytes = ByteBuffer.wrap(reply.bytes());
        byte[] magic = new byte[4];
        bytes.get(magic);
        assertThat(magic).asString().isEqualTo("RVKS");
        assertThat(bytes.get()).isEqualTo((byte) 1);
        int width = bytes.get();
        assertThat(bytes.getShort()).isZero();
        String stamp = Long.toString(bytes.getLong());
        String since = Long.toString(bytes.getLong());
        int marks = bytes.getInt();
        int locks = bytes.getInt();
        long tokens = bytes.getLong();
        Read read = new Read(stamp, since, pairs(bytes, marks), pairs(bytes, locks), new ArrayList<>());
        long token = 0;
        for (long i = 0; i < tokens; i++) {
            long difference = 0;
            for (int j = 0; j < (i == 0 ? 8 : width); j++) {
                difference = (difference << 8) | (bytes.get() & 0xff);
            }
            token += difference;
            read.tokens().add(HexFormat.of().toHexDigits(token));
        }
        assertThat(bytes.hasRemaining()).isFalse();
        return read;
    }

    private static List<String> pairs(ByteBuffer bytes, int number) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            pairs.add(HexFormat.of().toHexDigits(bytes.getLong()) + " " + bytes.getLong());
        }
        return pairs;
    }

    private static List<String> pairs(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each ->
                        each.path("hash").textValue() + " " + each.path(field).textValue())
                .toList();
    }

    private static JsonNode json(RunningService service, String path) {
        Reply reply = service.call("GET", path).send();
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static List<String> marks(RunningService service, String client, String query) {
        return values(
                service.call("GET", PATH + query)
                        .basic(client, ClientFiles.SECRET)
                        .send()
                        .json()
                        .path("marks"),
                "hash");
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    private static List<String> values(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.path(field).textValue())
                .toList();
    }

    private static String hash(String token) {
        return HexFormat.of().toHexDigits(TokenId.of(token).firstBits());
    }

    private static String mark(String user) {
        return MarkId.of(new Target.OfUser(new UserName(user))).text();
    }

    private static String mark(String realm, String user) {
        return MarkId.of(new Target.OfUserInRealm(new UserInRealm(new RealmId(realm), new UserName(user))))
                .text();
    }

    private static void document(RunningService service, String body) {
        Reply reply = service.call("POST", "/v1/revocations")
                .json(body.replace('\'', '"'))
                .send();
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }
}
