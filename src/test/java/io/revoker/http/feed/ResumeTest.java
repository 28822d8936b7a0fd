package io.revoker.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.EventStream;
import io.revoker.testing.EventStream.Event;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Followers that were away, on whichever instance they come back. */
class ResumeTest {
    private static final String LAST = "Last-Event-ID";

    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final String prefix = Api.fresh("feed");
    private RunningService service = start();

    private RunningService start(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--redis.prefix=" + prefix);
        return RunningService.on(redis.url(), all.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        service.close();
        redis.close();
    }

    @Test
    void missesNothingAcrossARestartAndAcrossInstances() {
        String last;
        try (EventStream stream = EventStream.of(service)) {
            revoke(0, 3);
            last = stream.await(3).get(2).id();
        }
        revoke(3, 5);
        service.close();
        service = start();
        revoke(5, 7);
        try (RunningService other = start();
                EventStream here = EventStream.of(service, LAST, last);
                EventStream there = EventStream.of(other, LAST, last)) {
            revoke(7, 9);

            assertThat(users(here.await(6))).containsExactlyElementsOf(users(3, 9));
            assertThat(users(there.await(6))).containsExactlyElementsOf(users(3, 9));
            assertThat(here.events()).extracting(Event::id).isEqualTo(ids(there));
        }
    }

    @Test
    void takesTheIdFromTheQueryOfAClientThatHasNoHeader() {
        String last;
        try (EventStream stream = EventStream.of(service)) {
            revoke(0, 2);
            last = stream.await(2).get(0).id();
        }
        String query = "/v1/revocations/stream?last_event_id=";

        try (EventStream again = EventStream.open(service.uri(query + last));
                EventStream header = EventStream.open(service.uri(query + "1"), LAST, last)) {
            assertThat(users(again.await(1))).containsExactly("user-1");
            assertThat(users(header.await(1))).containsExactly("user-1");
        }
    }

    /** Many more than a page of the log, and than what one write has. */
    @Test
    void readsALongLogFromItsBeginning() {
        int many = 2300;
        fill(many);

        try (EventStream stream = EventStream.of(service, LAST, "0")) {
            assertThat(users(stream.await(many))).containsExactlyElementsOf(users(0, many));
            revoke(many, many + 1);
            assertThat(users(stream.await(many + 1))).hasSize(many + 1);
        }
    }

    @Test
    void startsOverIfTheLogWasTrimmedPastWhatItHas() {
        String last;
        try (EventStream stream = EventStream.of(service)) {
            revoke(0, 2);
            last = stream.await(2).get(0).id();
        }
        service.close();
        service = start();
        revoke(2, 3);
        try (RedisClient client = redis.client()) {
            client.call("XTRIM", prefix + ":{log}:events", "MAXLEN", "1");
            age(client);
        }

        try (EventStream stream = EventStream.of(service, LAST, last)) {
            Event reset = stream.await(1).get(0);
            assertThat(reset.name()).isEqualTo("reset");
            assertThat(reset.data().path("reason").textValue()).isEqualTo("trimmed");
            revoke(3, 4);
            assertThat(users(stream.await(2).subList(1, 2))).containsExactly("user-3");
        }
    }

    /** Another instance trims what this one would have kept: that is no loss, and no snapshot promises it. */
    @Test
    void knowsWhatAnInstanceWithAShorterRetentionHasTrimmed() {
        long old = (System.currentTimeMillis() - Duration.ofMinutes(10).toMillis()) * 1000;
        try (RedisClient client = redis.client()) {
            for (int i = 0; i < 300; i++) {
                client.call("XADD", prefix + ":{log}:events", (old + i) + "-0", "target", "user/user-" + i);
            }
            client.call("SET", prefix + ":{log}:clock", Long.toString(old + 300));
        }
        service.close();
        service = start();
        String since = since();
        assertThat(Long.parseLong(since)).isLessThan(old);

        try (RunningService shorter = start("--log.retention=1m")) {
            assertThat(new Api(shorter).invalidateUser("joe")).startsWith("200");
        }

        service.close();
        service = start();
        assertThat(Long.parseLong(since())).isGreaterThan(old + 300);
        try (EventStream stream = EventStream.of(service, LAST, Long.toString(old + 10))) {
            Event reset = stream.await(1).get(0);
            assertThat(reset.name()).isEqualTo("reset");
            assertThat(reset.data().path("reason").textValue()).isEqualTo("trimmed");
        }
    }

    private String since() {
        return service.call("GET", "/v1/revocations/snapshot")
                .send()
                .json()
                .required("since")
                .textValue();
    }

    @Test
    void tellsAFollowerOfAnEmptyLogWhatCameAndWhetherSomethingHasGone() {
        String empty;
        try (EventStream stream = EventStream.of(service)) {
            empty = stream.await(Event::isHeartbeat).id();
        }
        try (EventStream again = EventStream.of(service, LAST, empty)) {
            again.await(Event::isHeartbeat);
            revoke(0, 2);
            assertThat(users(again.await(2))).containsExactly("user-0", "user-1");
        }
        try (EventStream missedSome = EventStream.of(service, LAST, empty)) {
            assertThat(users(missedSome.await(2))).containsExactly("user-0", "user-1");
        }
        service.close();
        service = start();
        try (RedisClient client = redis.client()) {
            client.call("XTRIM", prefix + ":{log}:events", "MAXLEN", "1");
            age(client);
        }

        try (EventStream late = EventStream.of(service, LAST, empty);
                EventStream all = EventStream.of(service, LAST, "0")) {
            assertThat(late.await(1).get(0).data().path("reason").textValue()).isEqualTo("trimmed");
            assertThat(users(all.await(1))).containsExactly("user-1");
        }
    }

    @Test
    void startsOverIfItHasWhatRedisHasLost() {
        revoke(0, 1);
        String unknown = Long.toString(System.currentTimeMillis() * 1000 + 1);

        try (EventStream stream = EventStream.of(service, LAST, unknown)) {
            Event reset = stream.await(1).get(0);
            assertThat(reset.name()).isEqualTo("reset");
            assertThat(reset.data().path("reason").textValue()).isEqualTo("lost");
        }
    }

    /** The instance began with an empty log, and what it has read since is newer than what the client has. */
    @Test
    void startsOverIfRedisWasEmptiedWhileNobodyWasThere() {
        String last;
        try (EventStream stream = EventStream.of(service)) {
            revoke(0, 1);
            last = stream.await(1).get(0).id();
        }
        service.close();
        try (RedisClient client = redis.client()) {
            client.call("FLUSHALL");
        }
        service = start();
        try (EventStream other = EventStream.of(service)) {
            revoke(1, 2);
            other.await(1);
        }

        try (EventStream stream = EventStream.of(service, LAST, last)) {
            Event reset = stream.await(1).get(0);
            assertThat(reset.name()).isEqualTo("reset");
            assertThat(reset.data().path("reason").textValue()).isEqualTo("lost");
        }
    }

    @Test
    void tellsThoseWhoFollowThatRedisHasLostEntries() {
        try (EventStream stream = EventStream.of(service);
                RedisClient client = redis.client()) {
            revoke(0, 2);
            String newest = stream.await(2).get(1).id();

            client.call("XDEL", prefix + ":{log}:events", newest + "-0");

            Event reset = stream.await(event -> event.name().equals("reset"));
            assertThat(reset.data().path("reason").textValue()).isEqualTo("lost");
            assertThat(Long.parseLong(reset.id())).isGreaterThan(Long.parseLong(newest));
            revoke(2, 3);
            stream.await(event -> event.data().at("/target/username").asText().equals("user-2"));
        }
    }

    @Test
    void letsItsFollowersGoWhenItStopsAndMissesNothing() {
        try (RunningService other = start()) {
            EventStream stream = EventStream.of(service);
            revoke(0, 1);
            stream.await(1);
            service.close();
            Waiting.until("ended", stream::hasEnded);
            assertThat(stream.retry()).isNotEmpty();
            service = other;
            revoke(1, 2);
            try (EventStream again = EventStream.of(other, LAST, stream.lastId())) {
                assertThat(users(again.await(1))).containsExactly("user-1");
            }
        }
        service = start();
    }

    /** Entries as the service writes them, but all at once. */
    private void fill(int many) {
        try (RedisClient client = redis.client()) {
            long now = System.currentTimeMillis() * 1000;
            for (int i = 0; i < many; i++) {
                String id = (now + i) + "-0";
                client.call("XADD", prefix + ":{log}:events", id, "target", "user/user-" + i);
            }
            client.call("SET", prefix + ":{log}:clock", Long.toString(now + many));
        }
    }

    /** Makes everything that was revoked older than the log keeps it. */
    private void age(RedisClient client) {
        client.call("SET", prefix + ":{log}:clock", Long.toString(System.currentTimeMillis() * 1000 * 2));
    }

    private void revoke(int from, int to) {
        Api api = new Api(service);
        IntStream.range(from, to)
                .forEach(i -> assertThat(api.invalidateUser("user-" + i)).startsWith("200"));
    }

    private static List<String> users(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "user-" + i).toList();
    }

    private static List<String> users(List<Event> events) {
        return events.stream()
                .map(event -> event.data().at("/target/username").textValue())
                .toList();
    }

    private static List<String> ids(EventStream stream) {
        return stream.events().stream().map(Event::id).toList();
    }
}
