package io.revoker.gateways;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.testing.Api;
import io.revoker.testing.Gateway;
import io.revoker.testing.Jwts;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.revoker.testing.TrustedIssuer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gateways that follow the revocations, and keep answers until something is revoked that may concern them. */
@NeedsTools
class FollowingGatewaysTest extends GatewayContract {
    private static final int MANY = 20;

    FollowingGatewaysTest() {
        super(Map.of(
                Gateway.Kind.NGINX_FEED, Closing.of(503, 4),
                Gateway.Kind.HAPROXY_FEED, Closing.of(503, 3)));
    }

    @Override
    void awaitHeard(Gateway.Kind kind, String token) {
        until("refused", () -> status(kind, token) == 401);
    }

    /** While what it knows is too old, and before it follows, a gateway asks each time. */
    private void awaitKept(Gateway.Kind kind, String token) {
        until("kept by " + kind, () -> isKept(kind, token));
    }

    private boolean isKept(Gateway.Kind kind, String token) {
        assertThat(status(kind, token)).isEqualTo(200);
        double before = gateways().checks();
        for (int i = 0; i < MANY; i++) {
            assertThat(status(kind, token)).isEqualTo(200);
        }
        return gateways().checks() == before;
    }

    /** Of a user that no other test has. */
    private String kept(Gateway.Kind kind, String realm, String user) {
        String token = gateways().access(realm, user, "\"client_id\":\"app\",\"scope\":\"read\"");
        awaitKept(kind, token);
        return token;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void saysWhoseTheTokenIsWithoutAsking(Gateway.Kind kind) {
        String token = kept(kind, "corp", Api.fresh("J\u00fcrgen"));

        assertThat(gateways().call(kind, "GET", "/").bearer(token).send().body().lines())
                .anyMatch(line -> line.startsWith("x-auth-subject=J%C3%BCrgen-"))
                .contains("x-auth-realm=corp", "x-auth-client=app", "x-auth-scope=read");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void hearsOfEachWayToRevoke(Gateway.Kind kind) {
        for (String revocation : new String[] {
            "{'target':{'token':'TOKEN'}}",
            "{'target':{'username':'USER'}}",
            "{'target':{'realm_name':'REALM','username':'USER'}}",
            "{'target':{'realm_name':'REALM'}}",
            "{'target':{'realm_name':'REALM','client_id':'app'}}",
            "{'target':{'realm_name':'REALM'},'issued_before':'TIME'}",
            "{'target':{'realm_name':'REALM','username':'USER'},'until':'UNTIL'}",
        }) {
            String realm = Api.fresh("caf\u00e9");
            String user = Api.fresh("J\u00fcrgen + 100%");
            String token = kept(kind, realm, user);
            gateways()
                    .revokeTarget(revocation
                            .replace('\'', '"')
                            .replace("TOKEN", token)
                            .replace("REALM", realm)
                            .replace("USER", user)
                            .replace("TIME", Api.ahead(Duration.ofSeconds(1)))
                            .replace("UNTIL", Api.ahead(Duration.ofHours(1))));

            awaitHeard(kind, token);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void hearsOfJwts(Gateway.Kind kind) {
        String jwt = Jwts.base64("{\"alg\":\"none\"}") + '.' + Jwts.base64("{\"jti\":\"" + Api.fresh("id") + "\"}")
                + ".c2lnbmVk";
        gateways().register("{\"realm_name\":\"corp\",\"username\":\"joe\",\"access_token\":\"" + jwt + "\"}");
        awaitKept(kind, jwt);

        gateways().revoke("{\"token\":\"" + jwt + "\"}");

        awaitHeard(kind, jwt);
    }

    /** The identity headers have them as they were registered, and marks in their canonical form. */
    @ParameterizedTest
    @MethodSource("kinds")
    void hearsOfNamesThatAreNotCanonical(Gateway.Kind kind) {
        kept(kind, "corp", Api.fresh("ann"));
        for (String name : new String[] {"Ju\u0308rgen", "\uff2aoe", " joe", "\u00a0joe", "\ud83d\ude00\ufe0f"}) {
            String realm = Api.fresh(name);
            String user = Api.fresh(name);
            for (String target : new String[] {
                "\"username\":\"" + user + '"',
                "\"realm_name\":\"" + realm + '"',
                "\"realm_name\":\"" + realm + "\",\"username\":\"" + user + '"',
            }) {
                String token = gateways().access(realm, user);
                assertThat(status(kind, token)).isEqualTo(200);
                gateways().revokeTarget("{\"target\":{" + target + "}}");

                awaitHeard(kind, token);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void asksTheNextNodeIfOneIsDown(Gateway.Kind kind) {
        int down = RedisProcess.freePort();
        String node = "{ \"127.0.0.1\", PORT }";
        String one = node.replace("PORT", Integer.toString(down));
        String other =
                node.replace("PORT", Integer.toString(gateways().lines().get(0).port()));
        try (Gateway gateway = Gateway.start(
                        kind,
                        Gateway.Wiring.of(down, gateways().service().port()),
                        recipe -> recipe.replace("{ " + one + " }", "{ " + one + ", " + other + " }"))
                .awaitListening()) {
            assertThat(status(gateway, gateways().access("corp", "joe"))).isEqualTo(200);
        }
    }

    /** Others are still kept, and new tokens of the user are good. */
    @ParameterizedTest
    @MethodSource("kinds")
    void forgetsNoMoreThanWhatIsConcerned(Gateway.Kind kind) {
        String other = kept(kind, "corp", Api.fresh("ann"));
        String user = Api.fresh("joe");
        String token = kept(kind, "corp", user);
        gateways().revoke("{\"username\":\"" + user + "\"}");
        awaitHeard(kind, token);

        double before = gateways().checks();
        assertThat(status(kind, other)).isEqualTo(200);
        assertThat(gateways().checks()).isEqualTo(before);
        kept(kind, "corp", user);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void saysNothingThatIsOlderThanItsBound(Gateway.Kind kind) {
        String token = kept(kind, "corp", Api.fresh("joe"));
        gateways().lines().forEach(Line::hold);
        until("too old", () -> status(kind, token) == 503);
        gateways().lines().forEach(Line::release);
        awaitKept(kind, token);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void missesNothingThatIsRevokedWhileItIsCutOff(Gateway.Kind kind) {
        String token = kept(kind, "corp", Api.fresh("joe"));
        String other = kept(kind, "corp", Api.fresh("ann"));
        gateways().lines().forEach(Line::cut);
        gateways().revoke("{\"token\":\"" + token + "\"}");
        gateways().lines().forEach(Line::join);

        awaitHeard(kind, token);
        awaitKept(kind, other);
    }

    @Test
    void hearsOfJwtsThatNobodyRegistered() {
        TrustedIssuer issuer = TrustedIssuer.demanding(VerifiedJwt.Demand.UNREGISTERED);
        try (RunningService revoker =
                RunningService.trusting(issuer, RedisServers.embedded().url())) {
            int service = new GuardedService(revoker.vertx()).port();
            for (Gateway.Kind kind : kinds()) {
                try (Gateway gateway = Gateway.start(kind, Gateway.Wiring.of(revoker.port(), service))
                        .awaitListening()) {
                    hearsOf(new Api(revoker), gateway, issuer);
                }
            }
        }
    }

    private static void hearsOf(Api api, Gateway gateway, TrustedIssuer issuer) {
        String shown = issuer.token("joe");
        String named = issuer.token("joe");
        String staying = issuer.token("joe");
        String nesting = issuer.token("joe", claims -> {
            String jti = claims.remove("jti").textValue();
            claims.putObject("act").put("jti", "another");
            return claims.put("jti", jti);
        });
        for (String token : new String[] {shown, named, staying}) {
            until("kept", () -> {
                assertThat(status(gateway, token)).isEqualTo(200);
                double before = Scrape.of(api.service()).value("revoker_checks_total");
                assertThat(status(gateway, token)).isEqualTo(200);
                return Scrape.of(api.service()).value("revoker_checks_total") == before;
            });
        }

        assertThat(status(gateway, nesting)).isEqualTo(200);

        assertThat(api.invalidateAccess(shown)).isEqualTo("200 1,0,0");
        for (String token : new String[] {named, nesting}) {
            String body = "{\"target\":{\"realm_name\":\"" + issuer.realm() + "\",\"jti\":\"" + TrustedIssuer.jti(token)
                    + "\"}}";
            assertThat(api.service()
                            .call("POST", "/v1/revocations")
                            .json(body)
                            .send()
                            .status())
                    .isEqualTo(200);
        }

        for (String token : new String[] {shown, named, nesting}) {
            until("refused", () -> status(gateway, token) == 401);
        }
        assertThat(status(gateway, staying)).isEqualTo(200);
    }

    private static int status(Gateway gateway, String token) {
        return gateway.call("GET", "/").bearer(token).send().status();
    }
}
