package io.revoker.redis.link;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Backend;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts of one slot that are called in one turn: each is executed, and fails, as if it had been called alone. */
@ParameterizedClass
@MethodSource("io.revoker.testing.RedisServers#all")
class GroupTest {
    private static final int CALLS = 20;
    private static final int DAMAGED = 4;
    private static final int FOREIGN = 10;
    private static final Pattern NODE = Pattern.compile("127\\.0\\.0\\.1:\\d+");

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final String prefix = Backend.newPrefix();
    private final String url;
    private final RedisClient redis;
    private final RedisLink link;

    GroupTest(RedisServers.Server server) {
        url = server.url();
        redis = RedisClient.of(url);
        RedisSettings settings = Tuning.DEFAULT.redis(url);
        link = OnLoop.opened(
                context,
                () -> settings.servers() == RedisSettings.Servers.CLUSTER
                        ? new ClusterLink(vertx, settings)
                        : new ServerLink(vertx, settings));
    }

    @AfterEach
    void close() {
        get(OnLoop.on(context, link::close));
        redis.close();
        get(vertx.close());
    }

    @Test
    void givesEachItsOwnReplyBesideKeysOfOtherPrograms() {
        bundles().forEach(this::write);
        get(sent(Call.of(Command.HSET, key(DAMAGED)).arg("f").arg("no grant")));
        redis.call("SET", key(FOREIGN), "no bundle");
        redis.call("SET", key(FOREIGN + 1), "no index");

        List<Future<Response>> replies = inOneTurn(IntStream.range(0, CALLS)
                .mapToObj(i -> i % 2 == 0 ? invalidate(i) : index(i))
                .toList());

        for (int i = 0; i < CALLS; i++) {
            Future<Response> reply = replies.get(i);
            if (i == FOREIGN || i == FOREIGN + 1) {
                assertThat(problem(reply).text()).contains("WRONGTYPE");
            } else if (i == DAMAGED) {
                assertThat(get(reply)).isNull();
            } else if (i % 2 == 0) {
                assertThat(get(reply)).hasToString("[1, 0]");
            } else {
                assertThat(get(reply)).isNull();
                assertThat(redis.number("ZCARD", key(i))).isEqualTo(1);
            }
        }
    }

    @Test
    void keepsTheirOrder() {
        write(0);

        List<Future<Response>> replies = inOneTurn(List.of(invalidate(0), index(1), invalidate(0)));

        assertThat(get(replies.get(0))).hasToString("[1, 0]");
        assertThat(get(replies.get(2))).hasToString("[0, 1]");
    }

    @Test
    void executesNoneWhenTheScriptsAreMissing() {
        bundles().forEach(this::write);
        List<Call> calls = bundles().mapToObj(this::invalidate).toList();
        NODE.matcher(url.contains("#") ? "" : url).results().forEach(node -> flush("redis://" + node.group()));
        redis.call("SCRIPT", "FLUSH");

        List<Future<Response>> replies = inOneTurn(calls);

        assertThat(replies)
                .allSatisfy(reply -> assertThat(problem(reply).text()).contains("NOSCRIPT"));
        until("loaded", () -> get(sent(index(1)).map(true).otherwise(false)));
        assertThat(inOneTurn(calls)).allSatisfy(reply -> assertThat(get(reply)).hasToString("[1, 0]"));
    }

    private static void flush(String node) {
        try (RedisClient client = RedisClient.of(node)) {
            client.call("SCRIPT", "FLUSH");
        }
    }

    private static IntStream bundles() {
        return IntStream.range(0, CALLS).filter(i -> i % 2 == 0);
    }

    private String key(int i) {
        return prefix + ":{group}:" + i;
    }

    /** A bundle with one live access token. */
    private void write(int i) {
        byte[] state = ByteBuffer.allocate(13)
                .putInt((int) 4_000_000_000L)
                .put((byte) 3)
                .putLong(1)
                .array();
        get(sent(Call.of(Command.HSET, key(i)).arg("f").arg(state)));
    }

    private Call invalidate(int i) {
        return Script.INVALIDATE.call(key(i)).arg("f").arg(2).arg(0);
    }

    private Call index(int i) {
        return Script.INDEX.call(key(i)).arg("member").arg(4_000_000_000L);
    }

    private Future<Response> sent(Call call) {
        return inOneTurn(List.of(call)).get(0);
    }

    private List<Future<Response>> inOneTurn(List<Call> calls) {
        List<Promise<Response>> replies =
                calls.stream().map(call -> Promise.<Response>promise()).toList();
        context.runOnContext(turn -> IntStream.range(0, calls.size())
                .forEach(i -> link.send(calls.get(i)).onComplete(replies.get(i))));
        return replies.stream().map(Promise::future).toList();
    }
}
