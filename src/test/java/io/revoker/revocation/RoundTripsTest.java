package io.revoker.revocation;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Each answer of a busy Redis that a revocation waits for is a while in which its tokens are not known to be dead. */
class RoundTripsTest {
    private static final int REVOCATIONS = 20;

    /** A key of the log, and the word of the ledger. */
    private static final String MARK = ":{log}:events";

    private static final String END = "ENDED user/";

    /** In keys of what comes between: whether the index is whole, the index, where it will be counted, and what was. */
    private static final List<String> BETWEEN = List.of(":{log}:indexed", ":u:", ":{log}:parts:", ":s:");

    private final Queue<Integer> trips = new ConcurrentLinkedQueue<>();

    /** The mark and where the user has tokens; the sweep; its end. What comes in parts, or beside something else, is counted more than once now and then. */
    @Test
    void waitsForThreeAnswersToRevokeAUser() {
        Vertx vertx = Vertx.vertx();
        NetClient exit = vertx.createNetClient();
        URI redis = URI.create(RedisServers.embedded().url());
        NetServer way = get(vertx.createNetServer()
                .connectHandler(client -> connect(exit, redis, client))
                .listen(0, "127.0.0.1"));
        try (RunningService service = RunningService.on(redis.getScheme() + "://"
                + Optional.ofNullable(redis.getUserInfo())
                        .map(known -> known + "@")
                        .orElse("") + "127.0.0.1:" + way.actualPort())) {
            Api api = new Api(service);
            for (int i = 0; i < REVOCATIONS; i++) {
                String user = Api.fresh("user");
                api.access(Api.fresh("realm"), user);
                assertThat(api.invalidateUser(user)).isEqualTo("200 1,0,0");
            }
        }
        get(vertx.close());

        assertThat(trips).hasSize(REVOCATIONS);
        assertThat(trips.stream().filter(times -> times == 3)).hasSizeGreaterThanOrEqualTo(REVOCATIONS / 2);
    }

    private void connect(NetClient exit, URI redis, NetSocket client) {
        client.pause();
        exit.connect(redis.getPort(), redis.getHost()).onSuccess(server -> {
            Line line = new Line();
            client.handler(commands -> {
                line.ask(commands.toString());
                pass(commands, server);
            });
            server.handler(replies -> {
                line.answer();
                pass(replies, client);
            });
            client.closeHandler(end -> server.close().onFailure(closed -> {}));
            client.resume();
        });
    }

    private static void pass(Buffer bytes, NetSocket to) {
        to.write(bytes).onFailure(closed -> {});
    }

    /** A connection, and how often a part of a revocation was asked for on it after an answer that came since the part before. */
    private final class Line {
        private boolean answered;
        private int times;

        void ask(String commands) {
            boolean marks = commands.contains(MARK);
            if (!marks && !commands.contains(END) && BETWEEN.stream().noneMatch(commands::contains)) {
                return;
            }
            if (marks) {
                times = 1;
            } else if (answered) {
                times++;
            }
            answered = false;
            if (commands.contains(END)) {
                trips.add(times);
            }
        }

        void answer() {
            answered = true;
        }
    }
}
