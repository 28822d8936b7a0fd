package io.revoker.http.ssf.push;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.bus.RevokerBus;
import io.revoker.bus.StreamBus;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.EventStream.Condition;
import io.revoker.domain.streams.EventStream.Endpoint;
import io.revoker.domain.streams.EventStream.Settings;
import io.revoker.domain.streams.StreamRequests.Create;
import io.revoker.domain.streams.StreamRequests.Find;
import io.revoker.http.ssf.PushAuthorization;
import io.revoker.signing.EncryptionKeys;
import io.revoker.testing.Api;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances that encrypt authorizations anew, by clocks that the test moves; the streams are in a real Redis. */
class KeyRenewalTest {
    private static final String OLD = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n";
    private static final String NEW = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU=\n";
    private static final String URL = "https://receiver.example/events";
    private static final String AUTHORIZATION = "Bearer x-5u1Kd0Vq";
    private static final Duration PAUSE = Duration.ofMinutes(1);

    @TempDir
    private static Path directory;

    private final LogCapture log = LogCapture.open(Level.INFO);
    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final RedisClient client = redis.client();
    private final RunningService service = RunningService.on(redis.url());
    private final StreamBus bus = new StreamBus(new RevokerBus(service.vertx(), Duration.ofSeconds(10)));

    /** One of several, with keys and a clock of its own. */
    private final class Instance {
        private EncryptionKeys keys;
        private long nanos;
        private final KeyRenewal renewal = new KeyRenewal(bus, new PushAuthorization(() -> keys), () -> nanos, PAUSE);

        private Instance(EncryptionKeys keys) {
            this.keys = keys;
        }

        private void look() {
            get(renewal.look(streams()));
        }

        private void lookLater() {
            nanos += PAUSE.toNanos() + 1;
            look();
        }
    }

    @AfterEach
    void close() {
        service.close();
        client.close();
        redis.close();
        log.close();
    }

    @Test
    void instancesWithOppositeFirstKeysEachRenewOnceAPauseAndAgreeOnceBothHaveTheSame() {
        create(1);
        Instance ahead = new Instance(keys(NEW + OLD));
        Instance behind = new Instance(keys(OLD + NEW));

        ahead.look();
        assertEncryptedBy(NEW);
        behind.look();
        assertEncryptedBy(OLD);
        ahead.look();
        assertEncryptedBy(OLD);
        ahead.lookLater();
        assertEncryptedBy(NEW);
        behind.look();
        assertEncryptedBy(NEW);
        behind.lookLater();
        assertEncryptedBy(OLD);

        behind.keys = keys(NEW + OLD);
        behind.look();
        assertEncryptedBy(NEW);
        ahead.lookLater();
        behind.lookLater();
        assertEncryptedBy(NEW);
    }

    @Test
    void encryptsAtALaterLookWhatCouldNotBeReplacedAndLogsThatOnceALook() {
        create(3);
        Instance instance = new Instance(keys(NEW + OLD));
        refuseWrites();

        instance.look();
        assertEncryptedBy(OLD);
        instance.look();
        assertThat(failures())
                .singleElement()
                .asString()
                .startsWith("WARN ")
                .contains(" streams=3 failure=Redis: NOREPLICAS");
        instance.lookLater();
        assertThat(failures()).hasSize(2);

        takeWrites();
        instance.look();
        assertEncryptedBy(OLD);
        instance.lookLater();
        assertEncryptedBy(NEW);
        assertThat(failures()).hasSize(2);
        assertThat(enough()).as("an older key was needed at that look").isZero();
        instance.lookLater();
        assertThat(enough()).isEqualTo(1);
    }

    /** One that has the old key first may have encrypted it back until its own exchange. */
    @Test
    void saysThatTheFirstKeyIsEnoughOnlyAfterAPauseWithNothingToRenew() {
        create(1);
        Instance ahead = new Instance(keys(NEW + OLD));
        Instance behind = new Instance(keys(OLD + NEW));

        ahead.look();
        behind.look();
        ahead.lookLater();
        assertThat(enough()).isZero();
        behind.keys = keys(NEW + OLD);
        behind.look();
        assertThat(enough()).isZero();
        behind.lookLater();
        assertThat(enough()).isEqualTo(1);
        behind.lookLater();
        assertThat(enough()).isEqualTo(1);

        behind.keys = keys(NEW);
        behind.look();
        behind.lookLater();
        assertThat(enough()).as("it has no other key").isEqualTo(1);
    }

    private void refuseWrites() {
        client.call("CONFIG", "SET", "min-replicas-to-write", "3");
    }

    private void takeWrites() {
        client.call("CONFIG", "SET", "min-replicas-to-write", "0");
    }

    /** Streams whose authorization is encrypted by the old key. */
    private void create(int count) {
        IntStream.range(0, count).forEach(i -> {
            String id = Api.fresh("stream");
            Endpoint endpoint =
                    new Endpoint(URL, Optional.of(keys(OLD).encrypt(AUTHORIZATION, id + ' ' + URL) + ' ' + URL));
            Settings settings = new Settings(Optional.of(endpoint), List.of(), "");
            get(bus.create(new Create(new EventStream(id, "follower", settings, Condition.ENABLED))));
        });
    }

    private List<EventStream> streams() {
        return get(bus.find(new Find(Optional.empty(), Optional.empty()))).streams();
    }

    private void assertEncryptedBy(String key) {
        PushAuthorization authorization = new PushAuthorization(() -> keys(key));
        assertThat(streams()).isNotEmpty().allSatisfy(stream -> {
            Endpoint endpoint = stream.settings().endpoint().orElseThrow();
            assertThat(authorization.of(endpoint, stream.id())).contains(AUTHORIZATION);
        });
    }

    private static EncryptionKeys keys(String lines) {
        try {
            return EncryptionKeys.read(Files.writeString(directory.resolve("keys"), lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> failures() {
        return lines("not encrypted by the first key");
    }

    private int enough() {
        return lines("need no other key than the first").size();
    }

    private List<String> lines(String words) {
        return log.lines().stream().filter(line -> line.contains(words)).toList();
    }
}
