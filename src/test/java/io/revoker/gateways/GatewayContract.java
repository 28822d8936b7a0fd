package io.revoker.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.Gateway;
import io.revoker.testing.RawConnection;
import io.revoker.testing.Reply;
import io.revoker.testing.TrustedIssuer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every gateway of conf/gateways does, whatever it is: seen from its clients and from the service behind it. Each
 * subclass has some of them.
 */
abstract class GatewayContract extends OutageContract {
    private static final List<String> IDENTITY =
            List.of("X-Auth-Subject", "X-Auth-Realm", "X-Auth-Exp", "X-Auth-Client", "X-Auth-Scope");

    /** They know no names of headers but whole ones. */
    private static final Set<Gateway.Kind> PASSING_OTHERS =
            Set.of(Gateway.Kind.NGINX, Gateway.Kind.VARNISH, Gateway.Kind.APACHE_OPENIDC, Gateway.Kind.APACHE_OAUTH2);

    /** They refuse two headers of that name themselves. */
    private static final Set<Gateway.Kind> REFUSING_TWO = Set.of(Gateway.Kind.NGINX, Gateway.Kind.NGINX_FEED);

    /** @param closing the gateways, and what they do when it can't be decided */
    GatewayContract(Map<Gateway.Kind, Closing> closing) {
        super(closing);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void letsAGoodTokenThroughAndSaysWhoseItIs(Gateway.Kind kind) {
        String token = gateways().access("corp", "joe", "\"client_id\":\"app\",\"scope\":\"read write\"");

        Reply reply = pretending(gateways().call(kind, "POST", "/orders?id=1").bearer(token))
                .body("one order")
                .send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().lines())
                .startsWith("POST /orders?id=1")
                .contains("x-auth-subject=joe", "x-auth-realm=corp", "x-auth-client=app", "x-auth-scope=read write")
                .anyMatch(line -> line.matches("x-auth-exp=\\d{10}"))
                .endsWith("body=one order")
                .noneMatch(line -> line.contains("root") || line.contains("revoker-authorization"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void takesNothingOfTheIdentityFromTheClientWhereTheTokenHasNothing(Gateway.Kind kind) {
        Reply reply = pretending(
                        gateways().call(kind, "GET", "/").bearer(gateways().access("corp", "joe")))
                .send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("x-auth-subject=joe").doesNotContain("root");
    }

    /**
     * What a client says of its connection removes none of the headers that are set here. Varnish does what it says,
     * but before they are set.
     */
    @ParameterizedTest
    @MethodSource("kinds")
    void setsItsHeadersWhateverTheClientSaysOfItsConnection(Gateway.Kind kind) {
        try (RawConnection connection = gateways().connect(kind)) {
            String body = connection
                    .exchange("GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                            + gateways().access("corp", "joe")
                            + "\r\nConnection: X-Colour, X-Auth-Subject\r\nX-Colour: blue\r\n\r\n")
                    .body();

            assertThat(body).contains("x-auth-subject=joe");
            assertThat(body.contains("x-colour=blue")).isEqualTo(kind != Gateway.Kind.VARNISH);
        }
    }

    private static Call pretending(Call call) {
        IDENTITY.forEach(name -> call.header(name, "root")
                .header(name.replace('-', '_'), "root")
                .header(name.replace("Auth-", "Auth_"), "root")
                .header(name.replace("X-", "X_"), "root"));
        return call;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void passesOtherHeadersOfSuchNamesOnOnlyIfItCanNotRemoveThem(Gateway.Kind kind) {
        Reply reply = gateways()
                .call(kind, "GET", "/")
                .bearer(gateways().access("corp", "joe"))
                .header("X-Auth-Roles", "root")
                .header("x-auth-subject-id", "root")
                .send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().contains("root")).isEqualTo(PASSING_OTHERS.contains(kind));
    }

    /** As soon as the revocation is acknowledged, or by one that follows the revocations, soon after. */
    @ParameterizedTest
    @MethodSource("kinds")
    void refusesWhatHasBeenRevoked(Gateway.Kind kind) {
        String realm = Api.fresh("realm");
        Map<String, String> byRevocation = Map.of(
                gateways().access("corp", "joe"), "{\"token\":\"TOKEN\"}",
                gateways().access("corp", "ann"), "{\"username\":\"ann\"}",
                gateways().access("corp", "bob"), "{\"realm_name\":\"corp\",\"username\":\"bob\"}",
                gateways().access(realm, "joe"), "{\"realm_name\":\"" + realm + "\"}");

        byRevocation.forEach((token, revocation) -> {
            assertThat(status(kind, token)).as(revocation).isEqualTo(200);
            gateways().revoke(revocation.replace("TOKEN", token));
            awaitHeard(kind, token);
            assertThat(status(kind, token)).as(revocation).isEqualTo(401);
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void takesJwtsThatNobodyRegistered(Gateway.Kind kind) {
        String user = Api.fresh("ann");
        String jwt = gateways().jwt(user);
        String other = gateways().jwt(user);

        assertThat(gateways().call(kind, "GET", "/").bearer(jwt).send().body())
                .contains("x-auth-subject=" + user, "x-auth-realm=issuer", "x-auth-client=app");
        assertThat(status(kind, other)).isEqualTo(200);
        assertThat(status(kind, TrustedIssuer.forged(jwt))).isEqualTo(401);
        gateways().revoke("{\"token\":\"" + jwt + "\"}");
        awaitHeard(kind, jwt);

        assertThat(status(kind, jwt)).isEqualTo(401);
        assertThat(status(kind, other)).isEqualTo(200);
        gateways().revoke("{\"realm_name\":\"issuer\",\"username\":\"" + user + "\"}");
        awaitHeard(kind, other);
        assertThat(status(kind, other)).isEqualTo(401);
    }

    /** Waits until a gateway may be expected to know that a token was revoked. */
    void awaitHeard(Gateway.Kind kind, String token) {}

    @ParameterizedTest
    @MethodSource("kinds")
    void refusesEveryRequestWithoutOneGoodToken(Gateway.Kind kind) {
        String good = gateways().access("corp", "joe");
        Map<String, UnaryOperator<Call>> requests = Map.of(
                "no-token", call -> call,
                "garbage", call -> call.bearer("garbage"),
                "refresh-token", call -> call.bearer(gateways().refresh("corp", "joe")),
                "two-tokens", call -> call.bearer(good).bearer(good),
                "other-scheme", call -> call.basic("joe", good),
                "in-the-query", call -> call);

        requests.forEach((what, request) -> {
            String path = "/" + kind + "/" + what + "?access_token=" + good;

            Reply reply = request.apply(gateways().call(kind, "GET", path)).send();

            boolean isTwo = what.equals("two-tokens");
            assertThat(reply.status()).as(what).isEqualTo(isTwo && REFUSING_TWO.contains(kind) ? 400 : 401);
            assertThat(gateways().service().wasAsked(path)).as(what).isFalse();
        });
    }

    /** Else the next check on the same connection would become a part of a check of the token in the body. */
    @ParameterizedTest
    @MethodSource("kinds")
    void takesNoBodyForACheck(Gateway.Kind kind) {
        String token = gateways().access("corp", "joe");
        String begun = "GET /v1/check HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\nX-Rest: ";

        for (Call post : List.of(
                gateways().call(kind, "POST", "/").body(begun),
                gateways().call(kind, "POST", "/").body(begun).chunked())) {
            assertThat(post.bearer(token).send().body()).endsWith("body=" + begun);
            assertThat(gateways().call(kind, "GET", "/").send().status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void opensWebSocketsForGoodTokensOnly(Gateway.Kind kind) {
        String upgrade = String.join(
                "\r\n",
                "GET /feed HTTP/1.1",
                "Host: a",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Authorization: Bearer ");
        try (RawConnection good = gateways().connect(kind);
                RawConnection bad = gateways().connect(kind)) {
            String token = gateways().access("corp", "joe");

            assertThat(good.send(upgrade + token + "\r\n\r\n").readHead().status())
                    .isEqualTo(101);
            assertThat(good.readText(7)).endsWith("hello");
            assertThat(bad.send(upgrade + "garbage\r\n\r\n").readHead().status())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void hasRoomForATokenOfEightKilobytes(Gateway.Kind kind) {
        String token = "a".repeat(8000) + Api.fresh("-");
        gateways().register("{\"realm_name\":\"corp\",\"username\":\"joe\",\"access_token\":\"" + token + "\"}");

        assertThat(status(kind, token)).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void writesNoTokenAnywhere(Gateway.Kind kind) {
        String good = gateways().access("corp", "joe");
        String bad = Api.fresh("a-token-that-nobody-knows");

        assertThat(status(kind, good)).isEqualTo(200);
        assertThat(status(kind, good)).isEqualTo(200);
        assertThat(status(kind, bad)).isEqualTo(401);

        assertThat(gateways().filesWith(kind, good)).isEmpty();
        assertThat(gateways().filesWith(kind, bad)).isEmpty();
        assertThat(gateways().filesWith(kind, "X-Auth-Subject")).as("control").isNotEmpty();
    }
}
