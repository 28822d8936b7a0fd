package io.revoker.http.statuslists;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.http.statuslists.Statuses.Place;
import io.revoker.testing.Api;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets which index. */
class AllocationTest {
    private static RunningService service;
    private static Statuses statuses;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = RunningService.start(Statuses.options(directory, "--log.retention=1h", "--status-list.max-lists=40"));
        statuses = new Statuses(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** A list takes 768: the seven hundred and sixty-ninth is in another one. */
    @Test
    void getsOneThatNobodyElseHas() {
        String realm = Api.fresh("realm");

        List<Place> places = IntStream.range(0, 8)
                .mapToObj(i -> together(realm, 100))
                .flatMap(List::stream)
                .toList();

        assertThat(places).hasSize(800).doesNotHaveDuplicates();
        assertThat(places).extracting(Place::index).allMatch(index -> index >= 0 && index < 1024);
        List<String> lists = places.stream().map(Place::uri).distinct().toList();
        assertThat(lists).hasSize(2);
        assertThat(places.stream().filter(place -> place.uri().equals(lists.get(0))))
                .hasSize(768);
        assertThat(places)
                .isNotEqualTo(places.stream()
                        .sorted(Comparator.comparing(Place::index))
                        .toList());
        places.stream()
                .limit(1)
                .forEach(place -> assertThat(statuses.status(place)).isZero());
    }

    @Test
    void sharesNoListWithAnotherRealm() {
        String realm = Api.fresh("realm");
        String list = statuses.allocate(realm).uri();

        assertThat(statuses.allocate(realm).uri()).isEqualTo(list);
        assertThat(statuses.allocate(Api.fresh("realm")).uri()).isNotEqualTo(list);
    }

    private static List<Place> together(String realm, int count) {
        Reply reply = statuses.ask(
                "{\"realm_name\":\"" + realm + "\",\"expires_at\":" + Statuses.soon() + ",\"count\":" + count + "}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        List<Place> places = new ArrayList<>();
        for (JsonNode status : reply.json().required("statuses")) {
            places.add(Place.of(status));
        }
        return places;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    {'expires_at':SOON} | realm_name: missing
                    {'realm_name':' ','expires_at':SOON} | realm_name: missing
                    {'realm_name':'corp'} | expires_at: missing
                    {'realm_name':'corp','expires_at':'tomorrow'} | expires_at: not a whole number of seconds
                    {'realm_name':'corp','expires_at':1} | expires_at: 1 (expected: after now
                    {'realm_name':'corp','expires_at':LATE} | by at most 3600 seconds; see log.retention)
                    {'realm_name':'corp','expires_at':SOON,'issued_at':LATE} | issued_at: LATE (expected: seconds since 1970, not in
                    {'realm_name':'corp','expires_at':SOON,'count':0} | count: not allowed (expected: 1 to 100)
                    {'realm_name':'corp','expires_at':SOON,'count':101} | count: not allowed (expected: 1 to 100)
                    {'realm_name':'corp','expires_at':SOON,'count':1.5} | count: not allowed (expected: 1 to 100)
                    {'realm_name':'corp','expires_at':SOON,'count':2,'jti':'x'} | count: more than one token with one jti
                    {'realm_name':'corp','expires_at':SOON,'username':' '} | username: blank
                    {'realm_name':'corp','expires_at':SOON,'client_id':'ä'} | client_id: a character that it can't have
                    {'realm_name':'corp','expires_at':SOON,'usrname':'x'} | body: an unknown field
                    {'realm_name' | body: not JSON""")
    void refusesWhatItCantUnderstand(String body, String detail) {
        String late = Long.toString(Statuses.soon() + Duration.ofHours(1).toSeconds());

        Reply reply = statuses.ask(body.replace('\'', '"')
                .replace("SOON", Long.toString(Statuses.soon()))
                .replace("LATE", late));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().required("detail").textValue()).contains(detail.replace("LATE", late));
    }

    @Test
    void isRefusedWhileItsTokensAreLocked() {
        String realm = Api.fresh("realm");
        service.call("POST", "/v1/revocations")
                .json("{\"target\":{\"realm_name\":\"" + realm + "\",\"username\":\"joe\"},\"until\":\""
                        + Api.ahead(Duration.ofHours(1)) + "\"}")
                .send();
        String body = "{\"realm_name\":\"" + realm + "\",\"expires_at\":" + Statuses.soon() + ",\"username\":\"";

        assertThat(statuses.ask(body + "joe\"}").status()).isEqualTo(423);
        assertThat(statuses.ask(body + "ann\"}").status()).isEqualTo(201);
    }

    @Test
    void isRefusedIfItNeedsOneListTooMany(@TempDir Path directory) {
        try (RunningService small = RunningService.start(Statuses.options(directory, "--status-list.max-lists=2"))) {
            Statuses few = new Statuses(small);
            few.allocate("one");
            few.allocate("two");

            Reply refused = few.ask("{\"realm_name\":\"three\",\"expires_at\":" + Statuses.soon() + "}");

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isNotEmpty();
            assertThat(refused.body()).contains("status lists: 2 (expected: fewer; see status-list.max-lists");
            assertThat(few.status(few.allocate("two"))).isZero();
        }
    }
}
