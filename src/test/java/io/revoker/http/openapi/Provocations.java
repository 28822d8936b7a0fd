package io.revoker.http.openapi;

import io.revoker.testing.GitHub;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Calls that an operation refuses, each made from its usual one.
 *
 * @param issuedAt when the one token was issued that several of them register
 */
record Provocations(Instant issuedAt) {
    private static final String BIG = "x".repeat(70_000);
    private static final String JSON = "application/json";

    /** Its claims are {@code {"cnf":{"kid":"k"}}}. */
    private static final String JWT_OF_UNKNOWN_KEY =
            "{\"realm_name\":\"corp\",\"username\":\"eve\",\"access_token\":\"eyJhIjoxfQ.eyJjbmYiOnsia2lkIjoiayJ9fQ.c2ln\"}";

    /**
     * One call.
     *
     * @param name of the example answer, if the description has one
     */
    record Provocation(String name, UnaryOperator<Call> twist) {}

    List<Provocation> of(Operation operation) {
        return switch (operation.path()) {
            case "/v1/tokens" -> operation.method().equals("get") ? listing() : tokens();
            case "/v1/status-allocations" -> allocations();
            case "/v1/status-lists" -> List.of(otherMethod());
            case "/v1/status-lists/{list}" ->
                List.of(
                        row("unknownList", call -> call),
                        row("otherForm", call -> call.with("Accept", "application/statuslist+cwt")),
                        row("past", call -> call.asking("time", "1795360087")),
                        otherMethod());
            case "/v1/checks" -> checks();
            case "/v1/revocations" -> revocations();
            case "/v1/revocations/stream" -> stream();
            case "/v1/revocations/changes", "/v1/revocations/snapshot" -> feed();
            case "/v1/followers" -> followers();
            case "/v1/followers/{name}" -> follower(operation);
            case "/v1/check", "/v1/check/{rest}" -> check();
            case "/k8s/tokenreview" -> tokenReview();
            case "/oauth2/introspect" -> introspection();
            case "/oauth2/revoke" -> form(Known.GATEWAY);
            case "/oauth2/global-token-revocation" -> global();
            case "/oidc/backchannel-logout" -> logout();
            case "/ssf/events" -> event();
            case "/ssf/stream", "/ssf/status", "/ssf/verify", "/ssf/poll/{stream}" -> streams(operation);
            case "/.well-known/oauth-authorization-server",
                    "/.well-known/jwks.json",
                    "/.well-known/ssf-configuration" ->
                List.of(row("unchanged", call -> call.with("If-None-Match", "*")), otherMethod());
            case "/v1/sweeps", "/v1/sweeps/{sweep}", "/v1/locks", "/v1/locks/{lock}", "/v1/revocable_token_types" ->
                sweeps();
            case "/v1/audit" ->
                Stream.concat(sweeps().stream(), Stream.of(row("unknownKind", call -> call.asking("kind", "murder"))))
                        .toList();
            case "/v1/audit/chains" ->
                Stream.concat(sweeps().stream(), Stream.of(row("", call -> call.asking("size", "5"))))
                        .toList();
            case "/v1/revoke_tokens" -> leaks();
            case "/v1/leaks/github" -> leaksOfGitHub();
            case "/" ->
                List.of(
                        row("unknownInfoParameter", call -> call.asking("preety", "")),
                        row("page", call -> call.with("Accept", "text/html")),
                        otherMethod());
            case "/docs" -> List.of(row("unchanged", call -> call.with("If-None-Match", "*")), otherMethod());
            case "/console" -> List.of(otherMethod());
            case "/console/session" -> session(operation);
            case "/openapi.yaml", "/asyncapi.yaml", "/metrics", "/health/live", "/health/ready" ->
                List.of(otherMethod());
            case "/_security/oauth2/token", "/_xpack/security/oauth2/token", "/_security/oauth2/token/_invalidate" ->
                ofElasticsearch(operation);
            default -> List.of();
        };
    }

    private static List<Provocation> ofElasticsearch(Operation operation) {
        if (operation.method().equals("options")) {
            return List.of();
        }
        boolean creates = operation.method().equals("post") && !operation.path().endsWith("_invalidate");
        return creates ? creation() : invalidation();
    }

    Call registrationOfEve(Operation operation) {
        return json(registrationOf("eve")).apply(new Calls(operation).usual());
    }

    private List<Provocation> tokens() {
        return List.of(
                row("notJson", json("{\"realm_name\":")),
                row("noToken", json("{\"realm_name\":\"corp\",\"username\":\"eve\"}")),
                row(
                        "lifetimeTooLong",
                        json(
                                "{\"realm_name\":\"corp\",\"username\":\"eve\",\"mint\":[\"access_token\"],\"expires_in\":864000}")),
                row("unknownKey", json(JWT_OF_UNKNOWN_KEY)),
                row("missingCredentials", call -> call.without(Call.AUTHORIZATION)),
                row("wrongSecret", call -> call.with(Call.AUTHORIZATION, Known.OPS.basicWithWrongSecret())),
                row("otherScheme", call -> call.with(Call.AUTHORIZATION, "Bearer x")),
                row("unprivileged", call -> call.with(Call.AUTHORIZATION, Known.GATEWAY.basic())),
                row(
                        "foreignRealm",
                        call -> json("{\"realm_name\":\"partners\",\"username\":\"eve\",\"mint\":[\"access_token\"]}")
                                .apply(call)
                                .with(Call.AUTHORIZATION, Known.AUTHORIZATION_SERVER.basic())),
                otherMethod(),
                row("created", json(registrationOf("eve"))),
                row("repeated", json(registrationOf("eve"))),
                row("otherFacts", json(registrationOf("mallory"))),
                row(
                        "locked",
                        json("{\"realm_name\":\"locked-realm\",\"username\":\"mallory\",\"mint\":[\"access_token\"]}")),
                row("tooLarge", json(BIG)),
                row("wrongType", call -> call.with(Call.CONTENT_TYPE, "text/plain")),
                otherCoding());
    }

    private static List<Provocation> listing() {
        return List.of(
                row("noName", call -> call),
                row("unknownParameter", call -> call.asking("size", "5")),
                row("notUtf8", call -> call.asking("after", "%E4")),
                row(
                        "noRealm",
                        call -> call.asking("username", "eve").with(Call.AUTHORIZATION, Known.HELP_DESK.basic())),
                row("missingCredentials", call -> call.without(Call.AUTHORIZATION)),
                row("unprivileged", call -> call.with(Call.AUTHORIZATION, Known.GATEWAY.basic())),
                otherMethod());
    }

    private static List<Provocation> allocations() {
        return List.of(
                row("noExpiry", json("{\"realm_name\":\"corp\"}")),
                row("tooMany", call -> call.saying(call.body().replaceFirst("\\{", "{\"count\":101,"))),
                row(
                        "foreignRealm",
                        call -> call.saying(call.body().replace("corp", "partners"))
                                .with(Call.AUTHORIZATION, Known.AUTHORIZATION_SERVER.basic())),
                row(
                        "locked",
                        call -> call.saying(
                                call.body().replace("corp", "locked-realm").replace("maria", "mallory"))),
                row("missingCredentials", call -> call.without(Call.AUTHORIZATION)),
                row("unprivileged", call -> call.with(Call.AUTHORIZATION, Known.GATEWAY.basic())),
                row("otherMethod", call -> call.as("GET")),
                row("tooLarge", json(BIG)),
                row("wrongType", call -> call.with(Call.CONTENT_TYPE, "text/plain")),
                otherCoding());
    }

    private static List<Provocation> checks() {
        return List.of(
                row("notJson", json("{\"tokens\":")),
                row("noTokens", json("{\"tokens\":[]}")),
                row("noText", json("{\"tokens\":[\"x\",7]}")),
                otherCharset(),
                row("missingCredentials", call -> call.without(Call.AUTHORIZATION)),
                row("unprivileged", call -> call.with(Call.AUTHORIZATION, Known.AUTHORIZATION_SERVER.basic())),
                row("otherMethod", call -> call.as("GET")),
                row("tooLarge", json(BIG)),
                row("wrongType", call -> call.with(Call.CONTENT_TYPE, "text/plain")),
                otherCoding());
    }

    private static List<Provocation> revocations() {
        return List.of(
                row(
                        "lineTooLong",
                        call -> call.with(Call.CONTENT_TYPE, "application/x-ndjson")
                                .saying("{\"token\":\"never-registered\"}\n" + BIG)),
                row("nothingNamed", json("{}")),
                row("", once("{\"target\":{\"username\":\"nobody\"}}")),
                row("otherRequest", once("{\"target\":{\"username\":\"somebody\"}}")),
                row(
                        "begun",
                        call -> json("{\"target\":{\"realm_name\":\"nowhere\"}}")
                                .apply(call)
                                .asking("wait_for_completion", "false")),
                row("tooLarge", json(BIG)),
                row("missingCredentials", call -> call.without(Call.AUTHORIZATION)),
                row("unprivileged", call -> call.with(Call.AUTHORIZATION, Known.GATEWAY.basic())),
                row("otherMethod", call -> call.as("GET")),
                row("wrongType", call -> call.with(Call.CONTENT_TYPE, "text/plain")),
                otherCoding());
    }

    private static List<Provocation> feed() {
        return List.of(
                row("unknownParameter", call -> call.asking("size", "5")),
                row("unchanged", call -> call.with("If-None-Match", "*")),
                row("missingCredentials", call -> call.without(Call.AUTHORIZATION)),
                row("unprivileged", call -> call.with(Call.AUTHORIZATION, Known.GATEWAY.basic())),
                otherMethod());
    }

    private static List<Provocation> stream() {
        return List.of(
                row("badStamp", call -> call.without("Last-Event-ID").asking("last_event_id", "yesterday")),
                row("missingCredentials", call -> call.without(Call.AUTHORIZATION)),
                row("unprivileged", call -> call.with(Call.AUTHORIZATION, Known.GATEWAY.basic())),
                otherMethod());
    }

    private static List<Provocation> followers() {
        return Stream.concat(sweeps().stream(), Stream.of(row("unknownParameter", call -> call.asking("size", "5"))))
                .toList();
    }

    private static List<Provocation> follower(Operation operation) {
        Stream<Provocation> all = Stream.of(
                row("unknownParameter", call -> call.asking("size", "5")),
                row("missingCredentials", call -> call.without(Call.AUTHORIZATION)),
                row("unprivileged", call -> call.with(Call.AUTHORIZATION, Known.GATEWAY.basic())),
                row("", call -> call.as("POST")));
        if (operation.method().equals("delete")) {
            return Stream.concat(all, Stream.of(row("unknown", call -> call.at("/v1/followers/nobody"))))
                    .toList();
        }
        Stream<Provocation> confirming = Stream.of(
                row("noStamp", json("{}")),
                row("", json("{\"confirmed\":\"999999999999999999\"}")),
                row("tooLarge", json(BIG)),
                row("wrongType", call -> call.with(Call.CONTENT_TYPE, "text/plain")),
                otherCoding());
        return Stream.concat(all.filter(row -> !row.name().equals("unknownParameter")), confirming)
                .toList();
    }

    private static List<Provocation> check() {
        return List.of(
                row("noToken", call -> call.without(Call.AUTHORIZATION)),
                row("unknownToken", call -> call.with(Call.AUTHORIZATION, "Bearer never-registered")),
                row("noGateway", call -> call.without("Revoker-Authorization")),
                row("unprivileged", call -> call.with("Revoker-Authorization", Known.AUTHORIZATION_SERVER.basic())));
    }

    private static List<Provocation> session(Operation operation) {
        Provocation otherPage = row("otherPage", call -> call.with("Sec-Fetch-Site", "cross-site"));
        return operation.method().equals("post")
                ? List.of(
                        otherPage,
                        row("noLogIn", json("{}")),
                        row("wrongSecret", json("{\"client\":\"ops\",\"secret\":\"wrong\"}")),
                        row("tooLarge", json(BIG)),
                        row("wrongType", call -> call.with(Call.CONTENT_TYPE, "text/plain")),
                        otherMethod())
                : List.of(otherPage, otherMethod());
    }

    private static List<Provocation> sweeps() {
        return List.of(
                row("missingCredentials", call -> call.without(Call.AUTHORIZATION)),
                row("unprivileged", call -> call.with(Call.AUTHORIZATION, Known.GATEWAY.basic())),
                otherMethod());
    }

    private static List<Provocation> leaks() {
        return List.of(
                row("noReport", json("{}")),
                row("missingCredentials", call -> call.without(Call.AUTHORIZATION)),
                row("unprivileged", call -> call.with(Call.AUTHORIZATION, Known.GATEWAY.basic())),
                row("otherMethod", call -> call.as("GET")),
                row("tooLarge", json("[\"" + BIG + "\"]")),
                row("wrongType", call -> call.with(Call.CONTENT_TYPE, "text/plain")),
                otherCoding());
    }

    private static List<Provocation> leaksOfGitHub() {
        return List.of(
                row("labels", Provocations::signedByGitHub),
                row("noReport", call -> signedByGitHub(call.saying("{}"))),
                row("otherMethod", call -> call.as("GET")),
                row("tooLarge", json("[\"" + BIG.repeat(30) + "\"]")),
                row("wrongType", call -> call.with(Call.CONTENT_TYPE, "text/plain")),
                otherCoding());
    }

    /** As GitHub, whom the service knows, signs it. */
    static Call signedByGitHub(Call call) {
        return call.with(GitHub.KEY_HEADER, GitHub.KEY).with(GitHub.SIGNATURE_HEADER, Known.GITHUB.sign(call.body()));
    }

    private static Provocation otherCoding() {
        return row("otherCoding", call -> call.with("Content-Encoding", "br"));
    }

    private static Provocation otherCharset() {
        return row("otherCharset", call -> call.with(Call.CONTENT_TYPE, JSON + "; charset=ISO-8859-1"));
    }

    private static Provocation otherMethod() {
        return row("otherMethod", call -> call.as("PUT"));
    }

    private static List<Provocation> form(Known unprivileged) {
        return List.of(
                row("noToken", call -> call.saying("tokn=x")),
                row("wrongType", json("{}")),
                row("malformedForm", call -> call.saying("token=%ZZ")),
                row("notUtf8", call -> call.saying("token=%E4")),
                row("repeated", call -> call.saying("token=x&token=y")),
                row(
                        "otherCharset",
                        call -> call.with(Call.CONTENT_TYPE, "application/x-www-form-urlencoded;charset=latin1")),
                row("twoMethods", call -> call.saying("token=x&client_secret=y")),
                row("missingCredentials", call -> call.without(Call.AUTHORIZATION)),
                row("unprivileged", call -> call.with(Call.AUTHORIZATION, unprivileged.basic())),
                row("otherMethod", call -> call.as("GET")),
                row("tooLarge", call -> call.saying("token=" + BIG)),
                otherCoding());
    }

    private static List<Provocation> global() {
        String signed = "Bearer " + Known.signedRequest();
        return List.of(
                row("", call -> call.with(Call.AUTHORIZATION, signed)),
                row(
                        "usedJwt",
                        call -> json("{\"sub_id\":{\"format\":\"opaque\",\"id\":\"another\"}}")
                                .apply(call.with(Call.AUTHORIZATION, signed))),
                row("otherFormat", json("{\"sub_id\":{\"format\":\"uri\"}}")),
                row("missingCredentials", call -> call.without(Call.AUTHORIZATION)),
                row("noJwt", call -> call.with(Call.AUTHORIZATION, "Bearer something-else")),
                row("unprivileged", call -> call.with(Call.AUTHORIZATION, Known.GATEWAY.basic())),
                row("otherMethod", call -> call.as("GET")),
                row("tooLarge", json(BIG)),
                row("wrongType", call -> call.with(Call.CONTENT_TYPE, "text/plain")),
                otherCoding());
    }

    private static List<Provocation> logout() {
        return List.of(
                row("noToken", call -> call.saying("token=x")),
                row("loggedOut", Provocations::loggingOut),
                row("otherMethod", call -> call.as("GET")),
                row("tooLarge", call -> call.saying("logout_token=" + BIG)),
                otherCoding());
    }

    private static List<Provocation> event() {
        return List.of(
                row("taken", Provocations::tellingOfAnEvent),
                row("otherMethod", call -> call.as("GET")),
                row("tooLarge", call -> call.saying(BIG)),
                row("wrongType", call -> call.with(Call.CONTENT_TYPE, "text/plain")),
                otherCoding());
    }

    private static List<Provocation> streams(Operation operation) {
        Stream<Provocation> reading = Stream.of(
                row("missingCredentials", call -> call.without(Call.AUTHORIZATION)),
                row("unprivileged", call -> call.with(Call.AUTHORIZATION, Known.GATEWAY.basic())),
                row("noStream", call -> call.at("/ssf/status")),
                otherMethodOfStreams(operation.path()));
        if (operation.requests().isEmpty()) {
            return reading.filter(row ->
                            !row.name().equals("noStream") || operation.path().equals("/ssf/status"))
                    .toList();
        }
        Stream<Provocation> writing = Stream.of(
                row("noObject", json("[]")),
                row("tooLarge", json(BIG)),
                row("wrongType", call -> call.with(Call.CONTENT_TYPE, "text/plain")),
                otherCoding());
        return Stream.of(reading.filter(row -> !row.name().equals("noStream")), writing, tooMany(operation))
                .flatMap(rows -> rows)
                .toList();
    }

    /** Streams: a client may have ten. */
    private static Stream<Provocation> tooMany(Operation operation) {
        boolean creates =
                operation.path().equals("/ssf/stream") && operation.method().equals("post");
        return IntStream.range(0, creates ? 11 : 0).mapToObj(i -> row("", call -> call));
    }

    private static Provocation otherMethodOfStreams(String path) {
        return switch (path) {
            case "/ssf/stream" -> row("", call -> call.as("OPTIONS"));
            case "/ssf/status" -> otherMethod();
            default -> row("otherMethod", call -> call.as("GET"));
        };
    }

    /** A transmitter that the service knows tells that the sessions of a user have ended. */
    static Call tellingOfAnEvent(Call call) {
        return call.saying(Known.PROVIDER.event("RS256"));
    }

    /** A provider that the service knows has logged a user out. */
    static Call loggingOut(Call call) {
        return call.saying("logout_token=" + Known.PROVIDER.logoutToken("RS256"));
    }

    private static List<Provocation> introspection() {
        return Stream.concat(form(Known.AUTHORIZATION_SERVER).stream(), Stream.of(row("", Provocations::signed)))
                .toList();
    }

    static Call signed(Call call) {
        return call.with("Accept", "application/token-introspection+jwt");
    }

    private static List<Provocation> tokenReview() {
        String begin = "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":";
        return List.of(
                row("notJson", json("{\"kind\":")),
                row("otherVersion", json("{\"apiVersion\":\"v1\",\"kind\":\"TokenReview\"}")),
                row("otherKind", json(begin + "\"SubjectAccessReview\"}")),
                row("noText", json(begin + "\"TokenReview\",\"spec\":{\"token\":7}}")),
                row("missingCredentials", call -> call.without(Call.AUTHORIZATION)),
                row("unprivileged", call -> call.with(Call.AUTHORIZATION, Known.AUTHORIZATION_SERVER.basic())),
                row("otherMethod", call -> call.as("GET")),
                row("tooLarge", json(BIG)),
                row("wrongType", call -> call.with(Call.CONTENT_TYPE, "text/plain")),
                otherCoding());
    }

    private static List<Provocation> invalidation() {
        return List.of(
                row("noBody", call -> call.saying("")),
                row("notJson", json("{\"token\":")),
                row("unknownField", json("{\"tokn\":\"x\"}")),
                otherCharset(),
                row("twoTokens", json("{\"token\":\"x\",\"refresh_token\":\"y\"}")),
                row("nothingNamed", json("{}")),
                row("tokenAndRealm", json("{\"token\":\"x\",\"realm_name\":\"corp\"}")),
                row("unknownParameter", call -> call.asking("preety", "")),
                row("badFlag", call -> call.asking("pretty", "x")),
                row(
                        "begun",
                        call -> json("{\"realm_name\":\"lab\"}").apply(call).asking("wait_for_completion", "false")),
                row("trace", call -> call.saying("{}").asking("error_trace", "true")),
                row("missingCredentials", call -> call.without(Call.AUTHORIZATION)),
                row("wrongSecret", call -> call.with(Call.AUTHORIZATION, Known.OPS.basicWithWrongSecret())),
                row("otherScheme", call -> call.with(Call.AUTHORIZATION, "Bearer x")),
                row("unprivileged", call -> call.with(Call.AUTHORIZATION, Known.GATEWAY.basic())),
                row("runAs", call -> call.with("es-security-runas-user", "maria")),
                row("otherMethod", call -> call.as("GET")),
                row("wrongType", call -> call.with(Call.CONTENT_TYPE, "text/plain")),
                row("noType", call -> call.without(Call.CONTENT_TYPE)),
                otherCoding(),
                row("tooLarge", json(BIG)));
    }

    private static List<Provocation> creation() {
        return List.of(
                row("", json("{\"username\":\"maria\"}")),
                row("badFlag", call -> call.asking("pretty", "x")),
                row("missingCredentials", call -> call.without(Call.AUTHORIZATION)),
                row("wrongSecret", call -> call.with(Call.AUTHORIZATION, Known.OPS.basicWithWrongSecret())),
                row("otherScheme", call -> call.with(Call.AUTHORIZATION, "Bearer x")),
                row("otherMethod", call -> call.as("GET")),
                row("wrongType", call -> call.with(Call.CONTENT_TYPE, "text/plain")),
                row("noType", call -> call.without(Call.CONTENT_TYPE)),
                otherCoding(),
                row("tooLarge", json(BIG)));
    }

    /** The same token for every user. */
    private String registrationOf(String user) {
        return "{\"realm_name\":\"corp\",\"username\":\"" + user
                + "\",\"access_token\":\"opaque-access-of-eve\",\"expires_in\":600,\"issued_at\":"
                + issuedAt.getEpochSecond() + "}";
    }

    private static UnaryOperator<Call> once(String body) {
        return call -> json(body).apply(call).with("Idempotency-Key", "\"8e03978e-40d5-43e8\"");
    }

    private static Provocation row(String name, UnaryOperator<Call> twist) {
        return new Provocation(name, twist);
    }

    private static UnaryOperator<Call> json(String body) {
        return call -> call.with(Call.CONTENT_TYPE, JSON).saying(body);
    }
}
