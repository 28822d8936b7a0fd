package io.revoker.http.events;

import io.revoker.testing.Api;
import io.revoker.testing.Issuer;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;

/** Security event tokens, and how they are pushed. In their claims {@code CAEP} and {@code RISC} stand for prefixes. */
final class EventTokens {
    static final String CAEP = "https://schemas.openid.net/secevent/caep/event-type/";
    static final String RISC = "https://schemas.openid.net/secevent/risc/event-type/";
    static final String REVOKED = "'events':{'" + CAEP + "session-revoked':{}}";

    private EventTokens() {}

    static Reply push(RunningService service, String token) {
        return service.call("POST", "/ssf/events")
                .header("Content-Type", "application/secevent+jwt")
                .header("Accept", "application/json")
                .body(token)
                .send();
    }

    static String event(Issuer issuer, String claims) {
        return event(issuer, claims, now());
    }

    static String event(Issuer issuer, String claims, long issuedAt) {
        String whole = claims(
                issuer,
                "'jti':'" + Api.fresh("jti") + "',"
                        + claims.replace("CAEP", CAEP).replace("RISC", RISC));
        return issuer.sign(
                "RS256", json("{'typ':'secevent+jwt','alg':'RS256','kid':'rsa'}"), issuedAt(issuedAt, whole));
    }

    static String claims(Issuer issuer, String more) {
        return json("{'iss':'" + issuer.name() + "','aud':'revoker','iat':" + now() + "," + more + "}");
    }

    static String issuedAt(long time, String claims) {
        return claims.replaceFirst("\"iat\":\\d+", "\"iat\":" + time);
    }

    static long now() {
        return System.currentTimeMillis() / 1000;
    }

    static String json(String quoted) {
        return quoted.replace('\'', '"');
    }
}
