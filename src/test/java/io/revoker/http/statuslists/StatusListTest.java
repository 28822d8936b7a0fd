package io.revoker.http.statuslists;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.http.statuslists.Statuses.Place;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a list is sent (sections 5.1 and 8 of the draft). */
class StatusListTest {
    private static RunningService service;
    private static Statuses statuses;
    private static Place place;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = RunningService.start(
                Statuses.options(directory, "--status-list.ttl=60s", "--status-list.interval=60s"));
        statuses = new Statuses(service);
        place = statuses.allocate("corp");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Call get() {
        return service.call("GET", place.path());
    }

    @Test
    void isASignedJwtThatSaysHowLongItHolds() {
        long before = Instant.now().getEpochSecond();

        Reply reply = get().send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/statuslist+jwt");
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("*");
        String header = new String(Base64.getUrlDecoder().decode(reply.body().split("\\.", -1)[0]), UTF_8);
        assertThat(header).contains("\"typ\":\"statuslist+jwt\"", "\"alg\":\"ES256\"", "\"kid\":\"k\"");
        JsonNode claims = Statuses.claims(reply.body());
        long signed = claims.required("iat").longValue();
        assertThat(claims.required("sub").textValue()).isEqualTo(place.uri());
        assertThat(claims.required("iss").textValue()).isEqualTo(Statuses.ISSUER);
        assertThat(claims.required("ttl").longValue()).isEqualTo(60);
        assertThat(claims.required("exp").longValue()).isEqualTo(signed + 120);
        assertThat(signed).isBetween(before - 60, Instant.now().getEpochSecond());
        assertThat(claims.required("status_list").required("bits").intValue()).isOne();
        assertThat(claims.required("status_list").required("aggregation_uri").textValue())
                .isEqualTo(Statuses.ISSUER + "/v1/status-lists");
        assertThat(Statuses.bits(claims)).hasSize(1024 / 8).containsOnly(0);
    }

    /** Together with what is left of its time. */
    @Test
    void mayBeKeptForItsTimeToLive() {
        Reply reply = get().send();

        String age = reply.header("Cache-Control");
        assertThat(age).startsWith("public, max-age=");
        assertThat(Integer.parseInt(age.substring(age.indexOf('=') + 1))).isBetween(0, 60);
        Reply again = get().header("If-None-Match", reply.header("ETag")).send();
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.bytes()).isEmpty();
        assertThat(get().header("If-None-Match", "\"other\"").send().bytes()).isEqualTo(reply.bytes());
    }

    @Test
    void isCompressedForThoseWhoTakeIt() throws IOException {
        Reply plain = get().send();

        Reply small = get().header("Accept-Encoding", "br, gzip").send();

        assertThat(small.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(small.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(small.header("ETag")).isNotEqualTo(plain.header("ETag"));
        assertThat(new GZIPInputStream(new ByteArrayInputStream(small.bytes())).readAllBytes())
                .isEqualTo(plain.bytes());
        assertThat(get().header("Accept-Encoding", "gzip;q=0").send().header("Content-Encoding"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/statuslist+jwt", "*/*", "application/*", "text/html, */*;q=0.1"})
    void isSentToThoseWhoAcceptIt(String accept) {
        assertThat(get().header("Accept", accept).send().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/statuslist+cwt", "application/statuslist+jwt;q=0", "text/html"})
    void isInNoOtherForm(String accept) {
        Reply reply = get().header("Accept", accept).send();

        assertThat(reply.status()).isEqualTo(406);
        assertThat(reply.body()).contains("expected application/statuslist+jwt");
    }

    @Test
    void isNotKeptForThePast() {
        assertThat(service.call("GET", place.path() + "?time=1795360000").send().status())
                .isEqualTo(501);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAA%2F"})
    void isUnknownIfThereIsNone(String id) {
        assertThat(service.call("GET", "/v1/status-lists/" + id).send().status())
                .isEqualTo(404);
    }

    @Test
    void isNamedAmongAllLists() {
        Reply all = service.call("GET", "/v1/status-lists").send();

        assertThat(all.status()).isEqualTo(200);
        assertThat(all.json().required("status_lists"))
                .anyMatch(uri -> uri.textValue().equals(place.uri()));
        assertThat(service.call("GET", "/.well-known/oauth-authorization-server/revoker")
                        .send()
                        .json()
                        .required("status_list_aggregation_endpoint")
                        .textValue())
                .isEqualTo(Statuses.ISSUER + "/v1/status-lists");
    }

    /** However many ask. */
    @Test
    void isSignedOncePerInterval() {
        String first = get().send().body();
        statuses.allocate("corp");
        String token = new Api(service).access("corp", "joe");
        new Api(service).invalidateAccess(token);

        assertThat(get().send().body()).isEqualTo(first);
    }

    @Test
    void needsCredentialsIfTheSettingsSaySo(@TempDir Path directory) {
        try (RunningService strict = RunningService.start(
                Statuses.options(directory, ClientFiles.option(), "--status-list.without-credentials=false"))) {
            assertThat(strict.call("GET", "/v1/status-lists").send().status()).isEqualTo(401);
            assertThat(strict.call("GET", "/v1/status-lists/AAAAAAAAAAAAAAAAAAAAAA")
                            .send()
                            .status())
                    .isEqualTo(401);
            assertThat(strict.call("GET", "/v1/status-lists")
                            .basic(ClientFiles.ROOT, ClientFiles.SECRET)
                            .send()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void isNotThereUnlessItIsEnabled() {
        try (RunningService without = RunningService.start()) {
            assertThat(without.call("GET", "/v1/status-lists").send().status()).isEqualTo(404);
            assertThat(without.call("POST", "/v1/status-allocations")
                            .json("{}")
                            .send()
                            .status())
                    .isEqualTo(404);
            Reply refused = new Api(without)
                    .register(
                            "{\"realm_name\":\"corp\",\"username\":\"joe\",\"access_token\":\"t\",\"status_list\":true}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body())
                    .contains("status_list: there are no status lists (expected: status-list.enabled)");
        }
    }
}
