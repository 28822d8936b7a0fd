package io.revoker.client.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.client.RevokerClient;
import io.revoker.client.view.RevocationView;
import io.revoker.client.view.TokenKey;
import io.revoker.testing.Api;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/** In the end those connections are open whose tokens the service takes for good. */
class LiveModelTest {
    private static final int STEPS = 120;
    private static final int USERS = 4;

    private static RunningService service;
    private static Api api;
    private static RevokerClient client;
    private static RevocationView view;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<Opened> opened = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final String realm = Api.fresh("realm");

    @BeforeAll
    static void start() {
        service = RunningService.start();
        api = new Api(service);
        client = RevokerClient.builder(service.uri("")).build();
        view = RevocationView.builder(client).bound(Duration.ofSeconds(10)).open();
        Waiting.until("fresh", () -> view.status().isFresh());
    }

    @AfterAll
    static void stop() {
        view.close();
        client.close();
        service.close();
    }

    /** A connection, and its token. */
    private record Opened(String token, AtomicInteger ends) implements LiveConnection {
        @Override
        public void end() {
            ends.incrementAndGet();
        }

        @Override
        public boolean hasEnded() {
            return false;
        }
    }

    @RepeatedTest(3)
    void endsThoseThatAreDeadAndNoOthers() {
        try (LiveConnections live = LiveConnections.of(view)) {
            for (int i = 0; i < STEPS; i++) {
                if (i < STEPS / 4 || random.nextInt(3) > 0) {
                    open(live);
                } else {
                    revoke();
                }
            }
            List<Boolean> good = opened.stream()
                    .map(connection -> api.check(connection.token()) == 200)
                    .toList();

            Waiting.until(
                    () -> "seed " + seed + ": " + done + open() + good, Waiting.PATIENCE, () -> open().equals(good));

            assertThat(opened)
                    .as("seed " + seed)
                    .allMatch(connection -> connection.ends().get() <= 1);
            assertThat(live.status().open())
                    .isEqualTo((int) good.stream().filter(isGood -> isGood).count());
        }
        assertThat(opened).allMatch(connection -> connection.ends().get() == 1);
    }

    private List<Boolean> open() {
        return opened.stream().map(connection -> connection.ends().get() == 0).toList();
    }

    /**
     * Issued now, so that the view often can't tell; or a while ago, before anything was revoked: the service takes
     * what is registered after a revocation for good, however long ago it was issued.
     */
    private void open(LiveConnections live) {
        long age = done.isEmpty() ? 600 : 0;
        Instant issuedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(age);
        String user = "user-" + random.nextInt(USERS);
        String app = "app-" + random.nextInt(2);
        String session = "s-" + random.nextInt(3);
        String token = Api.fresh("token");
        String grant = ("{'realm_name':'" + realm + "','username':'" + user + "','access_token':'" + token
                        + "','client_id':'" + app + "','session_id':'" + session + "','issued_at':"
                        + issuedAt.getEpochSecond() + "}")
                .replace('\'', '"');
        assertThat(api.register(grant).status()).isEqualTo(201);
        Opened connection = new Opened(token, new AtomicInteger());
        opened.add(connection);
        live.add(
                token,
                TokenKey.of(token)
                        .realm(realm)
                        .user(user)
                        .client(app)
                        .session(session)
                        .issuedAt(issuedAt)
                        .build(),
                connection);
    }

    private void revoke() {
        String target = switch (random.nextInt(12)) {
            case 0 -> "'realm_name':'REALM'";
            case 1 -> "'realm_name':'REALM','client_id':'app-0'";
            case 2, 3 -> "'realm_name':'REALM','username':'USER'";
            case 4, 5 -> "'realm_name':'REALM','username':'USER','session_id':'s-0'";
            default -> "'token':'" + someToken() + "'";
        };
        String body = ("{'target':{" + target + "}}")
                .replace('\'', '"')
                .replace("REALM", realm)
                .replace("USER", "user-" + random.nextInt(USERS));
        done.add(body);
        assertThat(service.call("POST", "/v1/revocations").json(body).send().status())
                .isEqualTo(200);
    }

    private String someToken() {
        return opened.isEmpty()
                ? "none"
                : opened.get(random.nextInt(opened.size())).token();
    }
}
