package io.revoker.http.openapi;

import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Issuer;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What belongs to others than the caller, who may act in one realm only: the names, tokens and a sweep of theirs.
 *
 * @param access an access token of the user
 * @param refresh a refresh token of the user
 * @param sweep a sweep of a further realm of theirs
 * @param lock of another user of theirs
 * @param stream of events, of a client that may act in all realms
 * @param follower of that client
 */
record Tenant(
        String realm,
        String user,
        String access,
        String refresh,
        String sweep,
        String lock,
        String stream,
        String follower) {
    private static final String REALM = "their-realm";
    private static final String SWEPT_REALM = "their-second-realm";

    /** Users of that realm: at one a second its sweep outlasts the test. */
    private static final int SWEPT = 120;

    /** A sweep that is under way. */
    /** Users with such names have hashes of their own, each of which the sweep comes to. */
    static String beginSweep(RunningService service) {
        String user = "swept-user".repeat(6);
        for (int i = 0; i < SWEPT; i++) {
            root(service.call("POST", "/v1/tokens"))
                    .json(registration(SWEPT_REALM, user + i, "their-swept-" + i, "their-swept-refresh-" + i))
                    .send();
        }
        return root(service.call("DELETE", Api.PATH + "?wait_for_completion=false"))
                .json("{\"realm_name\":\"" + SWEPT_REALM + "\"}")
                .send()
                .json()
                .required("sweep")
                .textValue();
    }

    /** The issuer of their realm. */
    static Issuer issuer() {
        return Issuer.named("https://login.example/" + REALM);
    }

    /** Its entry in a realm file. */
    static String realm(Path directory, Issuer issuer) throws IOException {
        return issuer.realm(directory, REALM, "registered: optional");
    }

    /** One whose tokens are good. */
    static Tenant live(RunningService service, String sweep) {
        Tenant tenant = new Tenant(service, sweep, Api.fresh("their-user"), Api.fresh("their-access"));
        root(service.call("POST", "/v1/tokens"))
                .json(registration(tenant.realm, tenant.user, tenant.access, tenant.refresh))
                .send();
        return tenant;
    }

    /** The same, but the access token is a JWT that nobody registered. */
    static Tenant live(RunningService service, String sweep, Issuer issuer) {
        String user = Api.fresh("their-user");
        Tenant tenant = new Tenant(service, sweep, user, active(service, issuer, user));
        root(service.call("POST", "/v1/tokens"))
                .json("{\"realm_name\":\"" + REALM + "\",\"username\":\"" + user + "\",\"refresh_token\":\""
                        + tenant.refresh + "\"}")
                .send();
        return tenant;
    }

    /** Another row may have revoked what was issued in this second. */
    private static String active(RunningService service, Issuer issuer, String user) {
        String[] token = {""};
        Waiting.until("a second without a revocation", () -> {
            token[0] = issuer.accessToken(user, "ES256", "");
            return isActive(service, token[0]);
        });
        return token[0];
    }

    private Tenant(RunningService service, String sweep, String user, String access) {
        this(REALM, user, access, Api.fresh("their-refresh"), sweep, lock(service), stream(service), follower(service));
    }

    private static String lock(RunningService service) {
        return root(service.call("POST", "/v1/revocations"))
                .json("{\"target\":{\"realm_name\":\"" + REALM + "\",\"username\":\"" + Api.fresh("their-locked")
                        + "\"},\"until\":\"" + Api.ahead(Duration.ofDays(1)) + "\"}")
                .send()
                .json()
                .at("/lock/id")
                .textValue();
    }

    /** A client may have ten, so it is always the same one, until a row removes it. */
    private static String stream(RunningService service) {
        Reply before = root(service.call("GET", "/ssf/stream")).send();
        return before.json().isEmpty()
                ? root(service.call("POST", "/ssf/stream"))
                        .json("{}")
                        .send()
                        .json()
                        .required("stream_id")
                        .textValue()
                : before.json().get(0).required("stream_id").textValue();
    }

    private static String follower(RunningService service) {
        String name = Api.fresh("their-follower");
        root(service.call("PUT", "/v1/followers/" + name))
                .json("{\"confirmed\":\"1\"}")
                .send();
        return name;
    }

    /** The same after the revocation of its tokens. */
    Tenant revokedBy(RunningService service) {
        root(service.call("DELETE", Api.PATH))
                .json("{\"realm_name\":\"" + REALM + "\",\"username\":\"" + user + "\"}")
                .send();
        return this;
    }

    /** One that there is not, with names as long as the others'. */
    static Tenant absent() {
        return absent(Api.fresh("absentaccess"));
    }

    /** The same with a token that there is not. */
    static Tenant absent(String access) {
        return new Tenant(
                "not-a-realm",
                Api.fresh("nobody-her"),
                access,
                Api.fresh("absentrefresh"),
                "1795360087123456",
                "0123456789abcdef",
                "01234567-89ab-4def-8123-456789abcdef",
                Api.fresh("not-a-follower"));
    }

    /** A document of names in capitals and single quotes, with the names put in. */
    String insertedIn(String document) {
        return document.replace('\'', '"')
                .replace("ACCESS", access)
                .replace("REFRESH", refresh)
                .replace("REALM", realm)
                .replace("STREAM", stream)
                .replace("USER", user);
    }

    /** An answer without the names that the question had. */
    String anonymous(String answer) {
        return answer.replace(access, "ACCESS")
                .replace(refresh, "REFRESH")
                .replace(user, "USER")
                .replace(realm, "REALM")
                .replace(sweep, "SWEEP")
                .replace(lock, "LOCK")
                .replace(stream, "STREAM")
                .replace(follower, "FOLLOWER");
    }

    boolean isNamedIn(String answer) {
        return !anonymous(answer).equals(answer);
    }

    /** The state as a caller that may see everything gets it. */
    /** A sweep that is being stopped comes to its end by itself. */
    String state(RunningService service) {
        Reply sweeps = root(service.call("GET", "/v1/sweeps/" + sweep)).send();
        return isActive(service, access) + " " + isActive(service, refresh) + " "
                + sweeps.json().path("state").asText().replace("stopping", "stopped");
    }

    private static boolean isActive(RunningService service, String token) {
        return root(service.call("POST", "/oauth2/introspect"))
                .form("token_type_hint=refresh_token&token=" + token)
                .send()
                .json()
                .required("active")
                .booleanValue();
    }

    private static Call root(Call call) {
        return call.basic(ClientFiles.ROOT, ClientFiles.SECRET);
    }

    static String registration(String realm, String user, String access, String refresh) {
        return "{\"realm_name\":\"" + realm + "\",\"username\":\"" + user + "\",\"access_token\":\"" + access
                + "\",\"refresh_token\":\"" + refresh + "\"}";
    }
}
