package io.revoker.http.openapi;

import static io.revoker.http.openapi.TenantRow.list;
import static io.revoker.http.openapi.TenantRow.probe;
import static io.revoker.http.openapi.TenantRow.same;

import io.revoker.testing.Api;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One row, or more, for every operation of the description. A caller of one realm is told the same of another realm's things as of things that there are not. */
final class TenantRows {
    private static final String NEW_PATH = "/_security/oauth2/token";
    private static final String POST_PATH = NEW_PATH + "/_invalidate";
    private static final String OLD_PATH = "/_xpack/security/oauth2/token";

    private TenantRows() {}

    static List<TenantRow> all() {
        return Stream.of(
                        registering(),
                        asking(),
                        checking("/v1/check", "/v1/check"),
                        checking("/v1/check/{rest}", "/v1/check/orders/42"),
                        revoking("DELETE", NEW_PATH, 404),
                        revoking("DELETE", OLD_PATH, 200),
                        revoking("POST", POST_PATH, 404),
                        creating(NEW_PATH, OLD_PATH),
                        sweeps(),
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
                probe(
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
                probe(
                        "POST /v1/tokens",
                        "register in a stream",
                        200,
                        (asker, theirs) -> asker.lines(
                                "/v1/tokens",
                                Tenant.registration(theirs.realm(), theirs.user(), theirs.access(), theirs.refresh())
                                        + "\n")));
    }

    private static Stream<TenantRow> asking() {
        return Stream.of(
                probe(
                        "POST /v1/checks",
                        "check both tokens",
                        200,
                        (asker, theirs) -> asker.json(
                                "POST",
                                "/v1/checks",
                                "{\"tokens\":[\"" + theirs.access() + "\",\"" + theirs.refresh() + "\"]}")),
                probe(
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
                probe(
                        "POST /v1/revocations",
                        "revoke both tokens",
                        200,
                        (asker, theirs) -> asker.lines(
                                "/v1/revocations",
                                "{\"token\":\"" + theirs.access() + "\"}\n{\"refresh_token\":\"" + theirs.refresh()
                                        + "\"}\n")));
    }

    private static Stream<TenantRow> checking(String path, String asked) {
        return Description.METHODS.stream()
                .map(method -> method.toUpperCase(Locale.ROOT))
                .map(method -> probe(
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
                same("OPTIONS " + path, 200, (asker, theirs) -> asker.ask("OPTIONS", path)));
    }

    /** Refused to everybody, whatever the body names. */
    private static Stream<TenantRow> creating(String... paths) {
        return Stream.of(paths)
                .map(path -> same(
                        "POST " + path,
                        400,
                        (asker, theirs) -> asker.json("POST", path, theirs.insertedIn("{'username':'USER'}"))));
    }

    private static TenantRow revoking(String method, String path, int status, String what, String body) {
        return probe(
                method + " " + path.replaceFirst("\\?.*", ""),
                "revoke " + what,
                status,
                (asker, theirs) -> asker.json(method, path, theirs.insertedIn(body)));
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

    private static Stream<TenantRow> open() {
        return Stream.of("GET", "HEAD")
                .flatMap(method -> Stream.of(
                        same(method + " /", 200, (asker, theirs) -> asker.ask(method, "/")),
                        same(method + " /openapi.yaml", 200, (asker, theirs) -> asker.ask(method, "/openapi.yaml")),
                        same(method + " /metrics", 200, (asker, theirs) -> asker.manage(method, "/metrics")),
                        same(method + " /health/live", 200, (asker, theirs) -> asker.manage(method, "/health/live")),
                        same(
                                method + " /health/ready",
                                200,
                                (asker, theirs) -> asker.manage(method, "/health/ready"))));
    }
}
