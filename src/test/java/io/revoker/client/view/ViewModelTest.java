package io.revoker.client.view;

import static io.revoker.client.view.RevocationState.NOT_REVOKED;
import static io.revoker.client.view.RevocationState.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Cable;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Revocations, cuts, delays and restarts in any order. A view never says that something was not revoked which it has
 * applied, nor longer than its bound after that was acknowledged.
 */
class ViewModelTest {
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final int STEPS = 60;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<String> history = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final List<RunningService> services = List.of(start(), start());
    private final List<Cable> cables =
            services.stream().map(service -> Cable.to(vertx, service.port())).toList();
    private final List<Revoked> revoked = new ArrayList<>();
    private final TokenKey untouched = Watched.token("never", "never").build();

    private final Path file = RedisServers.directory().resolve("view");

    private Watched view = open();

    private record Revoked(TokenKey key, long stamp, long acknowledgedAt) {}

    private RunningService start() {
        return RunningService.on(redis.url(), "--redis.prefix=model");
    }

    @AfterEach
    void stop() {
        view.close();
        services.forEach(RunningService::close);
        Waiting.get(vertx.close());
        redis.close();
    }

    @Test
    void neverSaysThatSomethingWasNotRevokedWhichWas() {
        for (int i = 0; i < STEPS; i++) {
            step();
            check();
        }
        cables.forEach(Cable::mend);
        Waiting.until(
                () -> "all is known: " + words(),
                Waiting.PATIENCE,
                () -> check() && view.view().state(untouched) == NOT_REVOKED && knowsAll());
    }

    private boolean knowsAll() {
        return revoked.stream().allMatch(one -> view.view().state(one.key()) == REVOKED);
    }

    private Watched open() {
        return Watched.of(
                cables.stream().map(Cable::uri).toList(),
                how -> how.bound(BOUND).refresh(Duration.ofSeconds(1)).file(file));
    }

    private void step() {
        int kind = random.nextInt(20);
        Cable cable = cables.get(random.nextInt(cables.size()));
        if (kind < 9) {
            revoke();
        } else if (kind < 11) {
            note("hold", cable::hold);
        } else if (kind < 13) {
            note("cut", cable::cut);
        } else if (kind < 16) {
            note("mend", cable::mend);
        } else if (kind < 17) {
            note("restart of the view", () -> {
                view.close();
                view = open();
            });
        } else if (kind < 18) {
            note("restart of Redis", () -> {
                redis.kill();
                redis.start();
            });
        } else {
            pause();
        }
    }

    private void note(String what, Runnable action) {
        history.add(what);
        action.run();
    }

    private void pause() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(1500));
        history.add("pause");
        Waiting.until("time", () -> check() && System.nanoTime() - end > 0);
    }

    private void revoke() {
        String realm = Api.fresh("realm");
        TokenKeyBuilder facts = TokenKey.of(Api.fresh("token"))
                .realm(realm)
                .user("joe")
                .client("app")
                .issuedAt(Instant.now().minusSeconds(600));
        String until = Api.ahead(Duration.ofHours(1));
        String target = switch (random.nextInt(6)) {
            case 0 -> "'target':{'realm_name':'" + realm + "'}";
            case 1 -> "'target':{'realm_name':'" + realm + "','username':'joe'}";
            case 2 -> "'target':{'realm_name':'" + realm + "','client_id':'app'}";
            case 3 -> "'until':'" + until + "','target':{'realm_name':'" + realm + "'}";
            case 4 ->
                "'issued_before':'" + Instant.now() + "','target':{'realm_name':'" + realm + "','username':'joe'}";
            default -> {
                String token = token(realm);
                facts = TokenKey.of(token).realm(realm).user("joe").issuedAt(Instant.now());
                yield "'target':{'token':'" + token + "'}";
            }
        };
        history.add("revoke " + target);
        Reply reply = send("/v1/revocations", "{" + target.replace('\'', '"') + "}");
        revoked.add(new Revoked(facts.build(), Long.parseLong(reply.header("Revoker-Stamp")), System.nanoTime()));
    }

    private String token(String realm) {
        return send("/v1/tokens", "{\"realm_name\":\"" + realm + "\",\"username\":\"joe\",\"mint\":[\"access_token\"]}")
                .json()
                .required("access_token")
                .textValue();
    }

    /** Until it is acknowledged: Redis may be away. */
    private Reply send(String path, String body) {
        List<Reply> replies = new ArrayList<>();
        Waiting.until(() -> "done: " + words() + replies, Waiting.PATIENCE, () -> {
            RunningService service = services.get(random.nextInt(services.size()));
            replies.add(service.call("POST", path).json(body).send());
            return last(replies).status() < 300;
        });
        return last(replies);
    }

    private static Reply last(List<Reply> replies) {
        return replies.get(replies.size() - 1);
    }

    private boolean check() {
        for (Revoked one : revoked) {
            long stamp = view.view().status().stamp();
            long before = System.nanoTime();
            RevocationState state = view.view().state(one.key());
            if (stamp >= one.stamp()) {
                assertThat(state).as("applied: %s", words()).isEqualTo(REVOKED);
            }
            if (before - one.acknowledgedAt() > BOUND.toNanos()) {
                assertThat(state).as("beyond the bound: %s", words()).isNotEqualTo(NOT_REVOKED);
            }
        }
        assertThat(view.view().state(untouched)).isNotEqualTo(REVOKED);
        return true;
    }

    private String words() {
        return "seed " + seed + ' ' + history + ' ' + view;
    }
}
