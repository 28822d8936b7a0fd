package io.revoker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What tests ask of a service all the time. */
public record Api(RunningService service) {
    public static final String PATH = "/_security/oauth2/token";
    public static final String UNKNOWN = "404 0,0,0";
    private static final AtomicLong COUNTER = new AtomicLong(System.nanoTime());

    /** The two tokens of a grant. */
    public record Pair(String access, String refresh) {}

    /** A name that no other test uses. */
    public static String fresh(String name) {
        return name + '-' + COUNTER.incrementAndGet();
    }

    /** A time to come, in whole seconds: no fixed one stays one. */
    public static String ahead(Duration time) {
        return Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    public Pair pair(String realm, String user) {
        JsonNode grant = register(text("""
                {"realm_name":"%s","username":"%s","mint":["access_token","refresh_token"]}""", realm, user)).json();
        return new Pair(
                grant.required("access_token").textValue(),
                grant.required("refresh_token").textValue());
    }

    /** An access token without a partner. */
    public String access(String realm, String user) {
        return minted(realm, user, "");
    }

    /**
     * The same with more facts.
     *
     * @param more fields of its registration, separated by commas
     */
    public String access(String realm, String user, String more) {
        return minted(realm, user, "," + more);
    }

    private String minted(String realm, String user, String more) {
        return register(text("""
                {"realm_name":"%s","username":"%s","mint":["access_token"]%s}""", realm, user, more))
                .json()
                .required("access_token")
                .textValue();
    }

    public Reply register(String body) {
        return service.call("POST", "/v1/tokens").json(body).send();
    }

    public Reply invalidate(String body) {
        return service.call("DELETE", PATH).json(body).send();
    }

    /** Status and the three counts of an invalidation: {@code 200 2,0,0}. */
    public String counts(String body) {
        return counts(invalidate(body));
    }

    public static String counts(Reply reply) {
        JsonNode body = reply.json();
        return reply.status() + " " + body.path("invalidated_tokens") + ',' + body.path("previously_invalidated_tokens")
                + ',' + body.path("error_count");
    }

    public String invalidateAccess(String token) {
        return counts(text("{\"token\":\"%s\"}", token));
    }

    public String invalidateRefresh(String token) {
        return counts(text("{\"refresh_token\":\"%s\"}", token));
    }

    public String invalidateRealm(String realm) {
        return counts(text("{\"realm_name\":\"%s\"}", realm));
    }

    public String invalidateUser(String user) {
        return counts(text("{\"username\":\"%s\"}", user));
    }

    public String invalidateUserInRealm(String realm, String user) {
        return counts(text("{\"realm_name\":\"%s\",\"username\":\"%s\"}", realm, user));
    }

    /** The name of the sweep that an invalidation begins. */
    public String beginSweep(String body) {
        return service.call("DELETE", PATH + "?wait_for_completion=false")
                .json(body)
                .send()
                .json()
                .required("sweep")
                .textValue();
    }

    /** A sweep, or why there is none. */
    public JsonNode sweep(String name) {
        return service.call("GET", "/v1/sweeps/" + name).send().json();
    }

    /** The status of a check. */
    /** Has so many access tokens made, in one stream. */
    public void mint(String realm, int count, IntFunction<String> user) {
        String lines = IntStream.range(0, count)
                .mapToObj(i -> "{\"realm_name\":\"" + realm + "\",\"username\":\"" + user.apply(i)
                        + "\",\"mint\":[\"access_token\"]}\n")
                .collect(Collectors.joining());
        assertThat(service.call("POST", "/v1/tokens")
                        .header("Content-Type", "application/x-ndjson")
                        .body(lines)
                        .send()
                        .status())
                .isEqualTo(200);
    }

    public int check(String token) {
        return service.call("GET", "/v1/check").bearer(token).send().status();
    }

    /** The stamp of the newest revocation. */
    public String newest() {
        return service.call("GET", "/v1/revocations/snapshot")
                .send()
                .json()
                .required("stamp")
                .textValue();
    }

    /** What followers learn of what came after a stamp, or comes within a time. */
    public List<JsonNode> events(String since, Duration timeout) {
        return service.call("GET", "/v1/revocations/changes?since=" + since + "&timeout=" + timeout.toMillis() + "ms")
                .send()
                .each("events");
    }

    /** What introspection says, of a token of either kind. */
    public boolean isActive(String token) {
        return service.call("POST", "/oauth2/introspect")
                .form("token_type_hint=refresh_token&token=" + token)
                .send()
                .json()
                .required("active")
                .booleanValue();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
