package io.revoker.http.openapi;

import static io.revoker.http.openapi.TenantRow.forOperators;
import static io.revoker.http.openapi.TenantRow.list;
import static io.revoker.http.openapi.TenantRow.probe;
import static io.revoker.http.openapi.TenantRow.probeOfToken;
import static io.revoker.http.openapi.TenantRow.same;

import io.revoker.domain.TokenId;
import io.revoker.http.openapi.TenantRow.Kind;
import io.revoker.testing.Api;
import io.revoker.testing.Jwts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One row, or more, for every operation of the description. A caller of one realm gets the same answer for things of
 * another realm as for things that don't exist.
 */
final class TenantRows {
    private static final String NEW_PATH = "/_security/oauth2/token";
    private static final String POST_PATH = NEW_PATH + "/_invalidate";
    private static final String OLD_PATH = "/_xpack/security/oauth2/token";

    private TenantRows() {}

    static List<TenantRow> all() {
        return Stream.of(
                        registering(),
                        listing(),
                        asking(),
                        checking("/v1/check", "/v1/check"),
                        checking("/v1/check/{rest}", "/v1/check/orders/42"),
                        revoking("DELETE", NEW_PATH, 404),
                        revoking("DELETE", OLD_PATH, 200),
                        revoking("POST", POST_PATH, 404),
                        creating(NEW_PATH, OLD_PATH),
                        documents("{'target':", "}"),
                        documents("{'dry_run':true,'target':", "}"),
                        everything(),
                        revokingSilently(),
                        sweeps(),
                        locks(),
                        audit(),
                        following(),
                        confirming(),
                        leaking(),
                        leakingToGitHub(),
                        telling(),
                        revokingUsers(),
                        streaming(),
                        allocating(),
                        loggingIn(),
                        open())
                .flatMap(rows -> rows)
                .toList();
    }

    private static Stream<TenantRow> registering() {
        return Stream.of(
                probe(
                        "POST /v1/tokens",
                        "register",
                        403,
                        (asker, theirs) -> asker.json(
                                "POST",
                                "/v1/tokens",
                                Tenant.registration(theirs.realm(), theirs.user(), Api.fresh("a"), Api.fresh("r")))),
                probeOfToken(
                        "POST /v1/tokens",
                        "register the same again",
                        403,
                        (asker, theirs) -> asker.json(
                                "POST",
                                "/v1/tokens",
                                Tenant.registration(theirs.realm(), theirs.user(), theirs.access(), theirs.refresh()))),
                probe(
                        "POST /v1/tokens",
                        "mint",
                        403,
                        (asker, theirs) -> asker.json(
                                "POST",
                                "/v1/tokens",
                                "{\"realm_name\":\"" + theirs.realm() + "\",\"username\":\"" + theirs.user()
                                        + "\",\"mint\":[\"access_token\"]}")),
                probeOfToken(
                        "POST /v1/tokens",
                        "register in a stream",
                        200,
                        (asker, theirs) -> asker.lines(
                                "/v1/tokens",
                                Tenant.registration(theirs.realm(), theirs.user(), theirs.access(), theirs.refresh())
                                        + "\n")));
    }

    private static Stream<TenantRow> listing() {
        return Stream.of(
                probe(
                        "GET /v1/tokens",
                        "list",
                        200,
                        (asker, theirs) -> asker.ask(
                                "GET", "/v1/tokens?realm_name=" + theirs.realm() + "&username=" + theirs.user())),
                probe(
                        "GET /v1/tokens",
                        "list of a realm",
                        200,
                        (asker, theirs) -> asker.ask("GET", "/v1/tokens?realm_name=" + theirs.realm())),
                probe(
                        "GET /v1/tokens",
                        "list of a user",
                        403,
                        (asker, theirs) -> asker.ask("GET", "/v1/tokens?username=" + theirs.user())));
    }

    private static Stream<TenantRow> asking() {
        return Stream.of(
                probeOfToken(
                        "POST /v1/checks",
                        "check both tokens",
                        200,
                        (asker, theirs) -> asker.json(
                                "POST",
                                "/v1/checks",
                                "{\"tokens\":[\"" + theirs.access() + "\",\"" + theirs.refresh() + "\"]}")),
                probeOfToken(
                        "POST /oauth2/introspect",
                        "introspect an access token",
                        200,
                        (asker, theirs) -> asker.form("/oauth2/introspect", "token=" + theirs.access())),
                probe(
                        "POST /oauth2/introspect",
                        "introspect a refresh token",
                        200,
                        (asker, theirs) -> asker.form(
                                "/oauth2/introspect", "token_type_hint=refresh_token&token=" + theirs.refresh())),
                probeOfToken(
                        "POST /k8s/tokenreview",
                        "review an access token",
                        200,
                        (asker, theirs) -> asker.json(
                                "POST",
                                "/k8s/tokenreview",
                                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"spec\":{\"token\":\""
                                        + theirs.access() + "\",\"audiences\":[\"orders\"]}}")),
                probeOfToken(
                        "POST /v1/revocations",
                        "revoke both tokens",
                        200,
                        (asker, theirs) -> asker.lines(
                                "/v1/revocations",
                                "{\"token\":\"" + theirs.access() + "\"}\n{\"refresh_token\":\"" + theirs.refresh()
                                        + "\"}\n")),
                same(
                        "POST /v1/revocations",
                        200,
                        (asker, theirs) -> asker.lines(
                                "/v1/revocations",
                                "{\"realm_name\":\"corp\",\"token_id\":\"" + TokenId.of(theirs.access()) + "\"}\n")),
                probeOfToken(
                        "POST /v1/revocations",
                        "revoke JWTs by their ids",
                        200,
                        (asker, theirs) -> asker.lines("/v1/revocations", theirs.insertedIn("""
                                        {'realm_name':'REALM','jti':'USER'}
                                        {'realm_name':'REALM','token_id':'AAAAAAAAAAAAAAAAAAAAAA'}
                                        """))));
    }

    private static Stream<TenantRow> checking(String path, String asked) {
        return Description.METHODS.stream()
                .map(method -> method.toUpperCase(Locale.ROOT))
                .map(method -> probeOfToken(
                        method + " " + path,
                        "check",
                        401,
                        (asker, theirs) -> asker.check(method, asked, theirs.access())));
    }

    private static Stream<TenantRow> revoking(String method, String path, int unknown) {
        return Stream.of(
                revoking(method, path, unknown, "an access token", "{'token':'ACCESS'}"),
                revoking(method, path, unknown, "a refresh token", "{'refresh_token':'REFRESH'}"),
                revoking(method, path, 403, "the realm", "{'realm_name':'REALM'}"),
                revoking(method, path, 403, "the user in the realm", "{'realm_name':'REALM','username':'USER'}"),
                revoking(method, path, 403, "the user everywhere", "{'username':'USER'}"),
                revoking(
                        method,
                        path + "?wait_for_completion=false",
                        403,
                        "the realm, and do not wait",
                        "{'realm_name':'REALM'}"),
                revoking(
                        method,
                        path + "?wait_for=followers&timeout=1ms",
                        403,
                        "the realm, and wait for followers",
                        "{'realm_name':'REALM'}"),
                same("OPTIONS " + path, 200, (asker, theirs) -> asker.ask("OPTIONS", path)));
    }

    /** With a document around what is named. */
    private static Stream<TenantRow> documents(String begin, String end) {
        return Stream.of(
                document(404, begin + "{'token':'ACCESS'}" + end),
                document(404, begin + "{'refresh_token':'REFRESH','grant':true}" + end),
                document(403, begin + "{'realm_name':'REALM'}" + end),
                document(403, begin + "{'realm_name':'REALM','username':'USER'}" + end),
                document(403, begin + "{'username':'USER'}" + end),
                document(403, begin + "{'realm_name':'REALM','client_id':'app'}" + end),
                document(403, begin + "{'realm_name':'REALM','username':'USER','session_id':'one'}" + end),
                document(403, begin + "{'realm_name':'REALM','token_type':'refresh_token'}" + end),
                document(403, begin + "{'realm_name':'REALM','kid':'one'}" + end),
                document(403, begin + "{'realm_name':'REALM'},'issued_before':1700000000" + end),
                document(403, begin + "{'realm_name':'REALM','jti':'USER'}" + end));
    }

    /** Counted only: a caller that may do it would revoke what the other rows need. */
    private static Stream<TenantRow> everything() {
        return Stream.of(document(403, "{'dry_run':true,'target':{'all':true}}"));
    }

    private static TenantRow document(int status, String body) {
        return revoking("POST", "/v1/revocations", status, body, body);
    }

    /** Refused for every caller, whatever the body names. */
    private static Stream<TenantRow> creating(String... paths) {
        return Stream.of(paths)
                .map(path -> same(
                        "POST " + path,
                        400,
                        (asker, theirs) -> asker.json("POST", path, theirs.insertedIn("{'username':'USER'}"))));
    }

    private static TenantRow revoking(String method, String path, int status, String what, String body) {
        return new TenantRow(
                method + " " + path.replaceFirst("\\?.*", ""),
                body.contains("ACCESS") ? Kind.PROBE_OF_TOKEN : Kind.PROBE,
                "revoke " + what,
                status,
                (asker, theirs) -> asker.json(method, path, theirs.insertedIn(body)));
    }

    /** The answer is the same for everything, so that nothing can be probed. */
    private static Stream<TenantRow> revokingSilently() {
        return Stream.of(
                same(
                        "POST /oauth2/revoke",
                        200,
                        (asker, theirs) -> asker.form("/oauth2/revoke", "token=" + theirs.access())),
                same(
                        "POST /oauth2/revoke",
                        200,
                        (asker, theirs) -> asker.form("/oauth2/revoke", "token=" + theirs.refresh())));
    }

    private static Stream<TenantRow> sweeps() {
        return Stream.of(
                list("GET /v1/sweeps", "list", 200, (asker, theirs) -> asker.ask("GET", "/v1/sweeps")),
                probe(
                        "GET /v1/sweeps/{sweep}",
                        "see",
                        404,
                        (asker, theirs) -> asker.ask("GET", "/v1/sweeps/" + theirs.sweep())),
                probe(
                        "DELETE /v1/sweeps/{sweep}",
                        "stop",
                        404,
                        (asker, theirs) -> asker.ask("DELETE", "/v1/sweeps/" + theirs.sweep())));
    }

    private static Stream<TenantRow> audit() {
        return Stream.of(
                list("GET /v1/audit", "list", 200, (asker, theirs) -> asker.ask("GET", "/v1/audit?limit=1000")),
                list(
                        "GET /v1/audit",
                        "search",
                        200,
                        (asker, theirs) -> asker.ask("GET", "/v1/audit?limit=1000&realm_name=" + theirs.realm())),
                same("GET /v1/audit/chains", 403, (asker, theirs) -> asker.ask("GET", "/v1/audit/chains")));
    }

    private static Stream<TenantRow> locks() {
        return Stream.of(
                list("GET /v1/locks", "list", 200, (asker, theirs) -> asker.ask("GET", "/v1/locks")),
                probe(
                        "DELETE /v1/locks/{lock}",
                        "remove",
                        404,
                        (asker, theirs) -> asker.ask("DELETE", "/v1/locks/" + theirs.lock())),
                document(
                        403,
                        "{'until':'" + Api.ahead(Duration.ofDays(1))
                                + "','target':{'realm_name':'REALM','username':'USER'}}"));
    }

    /** From the first revocation there is. */
    private static Stream<TenantRow> following() {
        return Stream.of(
                list(
                        "GET /v1/revocations/stream",
                        "follow",
                        200,
                        (asker, theirs) -> asker.ask("GET", "/v1/revocations/stream?last_event_id=0&timeout=2s")),
                list(
                        "GET /v1/revocations/changes",
                        "poll",
                        200,
                        (asker, theirs) -> asker.ask("GET", "/v1/revocations/changes?since=0")),
                list(
                        "GET /v1/revocations/snapshot",
                        "take",
                        200,
                        (asker, theirs) -> asker.ask("GET", "/v1/revocations/snapshot")),
                probe(
                        "GET /v1/revocations/snapshot",
                        "take that of the realm",
                        403,
                        (asker, theirs) -> asker.ask("GET", "/v1/revocations/snapshot?realm_name=" + theirs.realm())));
    }

    private static Stream<TenantRow> confirming() {
        return Stream.of(
                list("GET /v1/followers", "list", 200, (asker, theirs) -> asker.ask("GET", "/v1/followers")),
                same(
                        "PUT /v1/followers/{name}",
                        200,
                        (asker, theirs) -> asker.json("PUT", "/v1/followers/ours", "{\"confirmed\":\"1\"}")),
                probe(
                        "DELETE /v1/followers/{name}",
                        "remove",
                        404,
                        (asker, theirs) -> asker.ask("DELETE", "/v1/followers/" + theirs.follower())));
    }

    private static Stream<TenantRow> leaking() {
        return Stream.of(
                same(
                        "GET /v1/revocable_token_types",
                        200,
                        (asker, theirs) -> asker.ask("GET", "/v1/revocable_token_types")),
                same(
                        "POST /v1/revoke_tokens",
                        204,
                        (asker, theirs) -> asker.json(
                                "POST",
                                "/v1/revoke_tokens",
                                "[{\"token\":\"" + theirs.access() + "\"},{\"token\":\"" + theirs.refresh() + "\"}]")));
    }

    private static Stream<TenantRow> revokingUsers() {
        return Stream.of(
                        "{'sub_id':{'format':'opaque','id':'USER'}}",
                        "{'sub_id':{'format':'iss_sub','iss':'https://login.example/REALM','sub':'USER'}}")
                .map(body -> probe(
                        "POST /oauth2/global-token-revocation",
                        "revoke the user " + body,
                        404,
                        (asker, theirs) ->
                                asker.json("POST", "/oauth2/global-token-revocation", theirs.insertedIn(body))));
    }

    /** Nobody's credentials matter: the realm is that of whose key has signed. */
    private static Stream<TenantRow> telling() {
        return Stream.of(
                same(
                        "POST /ssf/events",
                        400,
                        (asker, theirs) -> asker.event(
                                Jwts.of(
                                        theirs.insertedIn(
                                                "'sub_id':{'format':'opaque','id':'USER'},'iss':'REALM',"
                                                        + "'events':{'https://schemas.openid.net/secevent/caep/event-type/session-revoked':{}}")))),
                same(
                        "POST /oidc/backchannel-logout",
                        400,
                        (asker, theirs) -> asker.form(
                                "/oidc/backchannel-logout",
                                "logout_token="
                                        + Jwts.of(
                                                theirs.insertedIn(
                                                        "'sub':'USER','iss':'REALM','events':{'http://schemas.openid.net/event/backchannel-logout':{}}")))));
    }

    private static Stream<TenantRow> streaming() {
        return Stream.of(
                same("POST /ssf/stream", 201, (asker, theirs) -> asker.newStream()),
                list("GET /ssf/stream", "list", 200, (asker, theirs) -> asker.ask("GET", "/ssf/stream")),
                stream("GET", "/ssf/stream?stream_id=STREAM", ""),
                stream("PATCH", "/ssf/stream", "{'stream_id':'STREAM'}"),
                stream("PUT", "/ssf/stream", "{'stream_id':'STREAM'}"),
                stream("DELETE", "/ssf/stream?stream_id=STREAM", ""),
                stream("GET", "/ssf/status?stream_id=STREAM", ""),
                stream("POST", "/ssf/status", "{'stream_id':'STREAM','status':'enabled'}"),
                stream("POST", "/ssf/verify", "{'stream_id':'STREAM'}"),
                stream("POST", "/ssf/poll/STREAM", "{'returnImmediately':true}"));
    }

    private static TenantRow stream(String method, String path, String body) {
        return probe(
                method + " " + path.replaceFirst("\\?.*", "").replace("STREAM", "{stream}"),
                "use a stream",
                404,
                (asker, theirs) -> body.isEmpty()
                        ? asker.ask(method, theirs.insertedIn(path))
                        : asker.json(method, theirs.insertedIn(path), theirs.insertedIn(body)));
    }

    /** Nobody's credentials matter: GitHub has signed, or nobody. */
    private static Stream<TenantRow> leakingToGitHub() {
        return Stream.of(same(
                "POST /v1/leaks/github",
                404,
                (asker, theirs) -> asker.json(
                        "POST", "/v1/leaks/github", theirs.insertedIn("[{'token':'ACCESS'},{'token':'REFRESH'}]"))));
    }

    private static Stream<TenantRow> allocating() {
        return Stream.of(probe(
                "POST /v1/status-allocations",
                "allocate",
                403,
                (asker, theirs) -> asker.json(
                        "POST",
                        "/v1/status-allocations",
                        theirs.insertedIn("{'realm_name':'REALM','username':'USER','expires_at':"
                                + Instant.now().plus(Duration.ofMinutes(10)).getEpochSecond() + "}"))));
    }

    /** Nothing that a caller sends in the header counts there. */
    private static Stream<TenantRow> loggingIn() {
        String path = "/console/session";
        return Stream.of(
                same("GET " + path, 200, (asker, theirs) -> asker.ask("GET", path)),
                same("POST " + path, 403, (asker, theirs) -> asker.json("POST", path, "{}")),
                same("DELETE " + path, 403, (asker, theirs) -> asker.ask("DELETE", path)));
    }

    private static Stream<TenantRow> open() {
        return Stream.of("GET", "HEAD")
                .flatMap(method -> Stream.of(
                        same(method + " /", 200, (asker, theirs) -> asker.ask(method, "/")),
                        same(
                                method + " /.well-known/oauth-authorization-server",
                                200,
                                (asker, theirs) -> asker.ask(method, "/.well-known/oauth-authorization-server")),
                        same(
                                method + " /.well-known/jwks.json",
                                200,
                                (asker, theirs) -> asker.ask(method, "/.well-known/jwks.json")),
                        same(
                                method + " /.well-known/ssf-configuration",
                                200,
                                (asker, theirs) -> asker.ask(method, "/.well-known/ssf-configuration")),
                        same(
                                method + " /v1/status-lists",
                                200,
                                (asker, theirs) -> asker.ask(method, "/v1/status-lists")),
                        same(
                                method + " /v1/status-lists/{list}",
                                404,
                                (asker, theirs) -> asker.ask(method, "/v1/status-lists/AAAAAAAAAAAAAAAAAAAAAA")),
                        same(method + " /openapi.yaml", 200, (asker, theirs) -> asker.ask(method, "/openapi.yaml")),
                        same(method + " /asyncapi.yaml", 200, (asker, theirs) -> asker.ask(method, "/asyncapi.yaml")),
                        same(method + " /docs", 200, (asker, theirs) -> asker.ask(method, "/docs")),
                        same(method + " /console", 308, (asker, theirs) -> asker.ask(method, "/console")),
                        forOperators(method + " /metrics", (asker, theirs) -> asker.manage(method, "/metrics")),
                        same(method + " /health/live", 200, (asker, theirs) -> asker.manage(method, "/health/live")),
                        same(
                                method + " /health/ready",
                                200,
                                (asker, theirs) -> asker.manage(method, "/health/ready"))));
    }
}
