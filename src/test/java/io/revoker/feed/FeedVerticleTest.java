package io.revoker.feed;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Addresses;
import io.revoker.domain.Grant;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.MarkStore.MarkSlice;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.eventbus.impl.OutboundDeliveryContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedVerticleTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Target REALM = new Target.OfRealm(JOE.realm());
    private static final Tuning TUNING =
            Tuning.DEFAULT.timeout(Duration.ofSeconds(3)).heartbeat(Duration.ofMillis(50));

    private final RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final String prefix = Backend.newPrefix();
    private final Node node = Node.onRedis(TUNING, server.url(), prefix, 1);

    @AfterEach
    void close() {
        node.close();
        server.close();
    }

    @Test
    void knowsTheMarksThatWereRaisedBeforeItStarted() {
        Grant grant = Grants.access(JOE);
        get(node.register(grant));
        Backend.Opened elsewhere = Backend.open(TUNING, server.url(), prefix);
        get(elsewhere.ports().append(REALM));

        try (Node late = Node.onRedis(TUNING, server.url(), prefix, 1)) {
            assertThat(get(late.check(accessId(grant)))).isEqualTo(Verdict.INVALIDATED);
        }
        elsewhere.close().run();
    }

    @Test
    void makesAMarkTakeEffectBeforeItsSweep() {
        Grant grant = Grants.access(JOE);
        get(node.register(grant));
        Backend.Opened elsewhere = Backend.open(TUNING, server.url(), prefix);

        get(elsewhere.ports().append(REALM));

        until("mark known", () -> get(node.check(accessId(grant))).equals(Verdict.INVALIDATED));
        elsewhere.close().run();
    }

    @Test
    void leavesNothingOutAfterItLostItsServer() {
        List<Stamp> stamps = new ArrayList<>();
        stamps.add(get(node.revoke(REALM)).stamp());
        until("heard", () -> node.heard().size() == 1);
        server.kill();
        until("cut off", () -> get(node.revoke(REALM).map(false).otherwise(true)));
        server.start();
        Backend.Opened elsewhere = Backend.open(TUNING, server.url(), prefix);
        for (int i = 0; i < 50; i++) {
            stamps.add(get(elsewhere.ports().append(i % 2 == 0 ? REALM : new Target.OfUser(JOE.user()))));
        }

        until("heard", () -> node.heard().size() >= stamps.size());

        assertThat(node.heard()).extracting(Revocation::stamp).isEqualTo(stamps);
        elsewhere.close().run();
    }

    @Test
    void goesOnAfterTheServerStoodStill() {
        server.freeze();
        until("cut off", () -> get(node.revoke(REALM).map(false).otherwise(true)));
        server.thaw();
        until("answers", () -> get(node.revoke(REALM).map(true).otherwise(false)));
        Stamp last = get(node.revoke(REALM)).stamp();

        until(
                "heard",
                () -> node.heard().stream().anyMatch(heard -> heard.stamp().equals(last)));

        assertThat(node.heard()).extracting(Revocation::stamp).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void losesAMarkThatTheStoreHasDropped() {
        Backend.Opened elsewhere = Backend.open(TUNING, server.url(), prefix);
        MarkId id = MarkId.of(REALM);
        Stamp stamp = get(elsewhere.ports().append(REALM));
        until("mark known", () -> node.marks().has(id));
        get(elsewhere.ports().endSweep(REALM, stamp));
        get(elsewhere.ports().drop(id, stamp));

        until("mark dropped", () -> !node.marks().has(id));
        elsewhere.close().run();
    }

    @Test
    void readsMarksThatWereRaisedWithoutARevocation() {
        Backend.Opened elsewhere = Backend.open(TUNING, server.url(), prefix);
        MarkId id = MarkId.of(REALM);
        Stamp stamp = new Stamp(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
        MarkSlice.Builder slice = new MarkSlice.Builder(1);
        slice.mark(id.bits(), stamp.micros());
        get(elsewhere.ports().raise(MarkId.slice(id.bits()), slice.build()));
        get(elsewhere.ports().goOn(stamp));

        until("mark known", () -> node.marks().newestFor(JOE).equals(stamp));
        elsewhere.close().run();
    }

    /** Every node reads the log: on a bus that spans nodes, one that dies is missed by no application in another JVM. */
    @Test
    void publishesToEveryNode() {
        List<Boolean> localOnly = new CopyOnWriteArrayList<>();
        node.vertx().eventBus().<Object>addOutboundInterceptor(sent -> {
            if (sent.message().address().equals(Addresses.REVOCATIONS)) {
                localOnly.add(((OutboundDeliveryContext<?>) sent).options.isLocalOnly());
            }
            sent.next();
        });

        get(node.revoke(REALM));

        until("heard", () -> node.heard().size() == 1);
        assertThat(localOnly).containsExactly(false);
    }
}
