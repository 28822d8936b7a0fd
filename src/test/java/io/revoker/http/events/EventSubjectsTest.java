package io.revoker.http.events;

import static io.revoker.http.events.EventTokens.REVOKED;
import static io.revoker.http.events.EventTokens.event;
import static io.revoker.http.events.EventTokens.json;
import static io.revoker.http.events.EventTokens.now;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.testing.Api;
import io.revoker.testing.Issuer;
import io.revoker.testing.LogCapture;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens an event ends: those that all members of its subject have in common, and that it has found. */
class EventSubjectsTest {
    private static final Issuer CORP = Issuer.named("https://login.example/corp");
    private static final Issuer PARTNERS = Issuer.named("https://login.example/partners");
    private static final Issuer HIRED = Issuer.named("https://login.example/hired");
    private static final Issuer RENTED = Issuer.named("https://login.example/rented");

    private static final String IGNORED = "revoker_events_ignored_total";
    private static final String OTHER_TYPE = "{reason=\"other_type\"}";
    private static final String OTHER_TENANT = "{reason=\"other_tenant\"}";
    private static final String UNKNOWN_TENANT = "{reason=\"unknown_tenant\"}";

    private static RunningService service;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        String realms = "realms:\n"
                + CORP.realm(directory, "corp", "events-audience: [revoker]")
                + PARTNERS.realm(directory, "partners", "events-audience: [revoker]")
                + HIRED.realm(directory, "hired", "events-audience: [revoker], events-tenant: [acme, apex]")
                + RENTED.realm(directory, "rented", "events-audience: [revoker], events-tenant: [acme]");
        service = RunningService.start("--realms.file=" + Files.writeString(directory.resolve("realms.yaml"), realms));
        api = new Api(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** A transmitter may tell the events of all its tenants in one stream. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'sub_id':{'format':'complex','user':{'format':'opaque','id':'USER'},TENANT},'events':{'CAEPsession-revoked':{}}",
                "'sub_id':{'format':'complex','user':{'format':'opaque','id':'USER'},TENANT},'events':{'RISCaccount-disabled':{}}",
                "'sub_id':{'format':'complex',TENANT,'session':{'format':'opaque','id':'s'}},'events':{'CAEPsession-revoked':{}}"
            })
    void takesTheEventsOfItsTenantsOnly(String claims) {
        String user = Api.fresh("joe");
        String access = access("hired", user, "'session_id':'s'");
        String named = claims.replace("USER", user);

        assertThat(push(event(HIRED, named.replace("TENANT", tenant("hired")))))
                .as("another tenant, which has the realm's name")
                .hasToString("202 ");
        assertThat(api.check(access)).isEqualTo(200);

        assertThat(push(event(HIRED, named.replace("TENANT", tenant("apex"))))).hasToString("202 ");
        assertThat(api.check(access)).isEqualTo(401);
    }

    /** All tokens of the realm would be left, also those of the other tenants. */
    @ParameterizedTest
    @ValueSource(strings = {"", ",'application':{'format':'opaque','id':'app'}"})
    void refusesOneOfSeveralTenantsAsAWhole(String application) {
        String access = access("hired", "joe", "'client_id':'app'");
        String whole = "'sub_id':{'format':'complex',TENANT" + application + "}," + REVOKED;

        assertThat(push(event(HIRED, whole.replace("TENANT", tenant("acme")))).body())
                .contains("sub_id: a tenant, without user and session");
        assertThat(push(event(HIRED, whole.replace("TENANT", tenant("other"))))).hasToString("202 ");
        assertThat(api.check(access)).isEqualTo(200);
    }

    /** Events of tenants that nobody named end nothing, for ever: somebody should see that. */
    @Test
    void countsWhatItIgnoresAndWarnsOfTenantsThatNobodyNamed() {
        String user = "'user':{'format':'opaque','id':'joe'}";
        String of = "'sub_id':{'format':'complex'," + user + ",TENANT}," + REVOKED;
        Map<String, Double> before = Scrape.of(service).samples(IGNORED);
        assertThat(before).containsOnlyKeys(OTHER_TYPE, OTHER_TENANT, UNKNOWN_TENANT);

        try (LogCapture log = LogCapture.open(Level.WARN)) {
            push(event(HIRED, of.replace("TENANT", tenant("hired"))));
            push(event(CORP, "'events':{'CAEPassurance-level-change':{}}"));
            assertThat(log.lines()).noneMatch(line -> line.contains("event ignored"));
            push(event(PARTNERS, of.replace("TENANT", tenant("4e2d1b7c-guid"))));
            assertThat(log.lines()).anyMatch(line -> line.contains("events-tenant is not set"));
        }

        Map<String, Double> after = Scrape.of(service).samples(IGNORED);
        assertThat(after)
                .allSatisfy((reason, count) -> assertThat(count).isEqualTo(before.getOrDefault(reason, 0.0) + 1));
    }

    @Test
    void endsTheWholeTenantOfARealmOfOne() {
        String access = api.access("rented", "joe");

        assertThat(push(event(RENTED, "'sub_id':{'format':'complex'," + tenant("acme") + "}," + REVOKED)))
                .hasToString("202 ");

        assertThat(api.check(access)).isEqualTo(401);
    }

    /** The user may have none, however late that is told: not even one that was refreshed since. */
    @ParameterizedTest
    @ValueSource(strings = {"account-disabled", "account-purged"})
    void endsWhatWasIssuedAfterTheEndOfAnAccount(String type) {
        long event = now() - 600;
        String user = Api.fresh("joe");
        String since = access("corp", user, "'issued_at':" + (event + 60));
        String jwtSince = jwt(user, event + 60);
        assertThat(List.of(api.check(since), api.check(jwtSince))).containsOnly(200);

        assertThat(push(event(
                        CORP,
                        "'sub_id':{'format':'opaque','id':'" + user + "'},'toe':" + event + ",'events':{'RISC" + type
                                + "':{}}")))
                .hasToString("202 ");

        assertThat(List.of(api.check(since), api.check(jwtSince))).containsOnly(401);
    }

    @Test
    void takesTheRealmsNameForItsTenant() {
        String user = Api.fresh("joe");
        String access = api.access("partners", user);
        String claims =
                "'sub_id':{'format':'complex','user':{'format':'opaque','id':'" + user + "'},TENANT}," + REVOKED;

        assertThat(push(event(PARTNERS, claims.replace("TENANT", tenant("corp")))))
                .hasToString("202 ");
        assertThat(api.check(access)).isEqualTo(200);

        assertThat(push(event(PARTNERS, claims.replace("TENANT", tenant("partners")))))
                .hasToString("202 ");
        assertThat(api.check(access)).isEqualTo(401);
    }

    private static String tenant(String id) {
        return "'tenant':{'format':'opaque','id':'" + id + "'}";
    }

    /** Of the user; without one, of the realm. */
    @ParameterizedTest
    @ValueSource(strings = {"'user':{'format':'opaque','id':'USER'},", ""})
    void endsTheTokensOfTheApplicationOnly(String whom) {
        String user = Api.fresh("joe");
        String client = Api.fresh("app");
        String ended = access("corp", user, "'client_id':'" + client + "'");
        String ofAnother = access("corp", "jane", "'client_id':'" + client + "'");
        String withAnother = access("corp", user, "'client_id':'other'");

        assertThat(push(event(
                        CORP,
                        "'sub_id':{'format':'complex'," + whom.replace("USER", user)
                                + "'application':{'format':'opaque','id':'" + client + "'}}," + REVOKED)))
                .hasToString("202 ");

        assertThat(List.of(api.check(ended), api.check(ofAnother), api.check(withAnother)))
                .containsExactly(401, whom.isEmpty() ? 401 : 200, 200);
    }

    /** The first in each row is older than the event, and the second one younger; it may be told late. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'events':{'CAEPsession-revoked':{'event_timestamp':EVENT}}",
                "'toe':EVENT,'events':{'CAEPsession-revoked':{}}",
                "'toe':EVENT,'events':{'RISCsessions-revoked':{}}",
                "'events':{'CAEPsession-revoked':{'event_timestamp':EVENT000}},IAT"
            })
    void endsNothingThatWasIssuedAfterTheEvent(String claims) {
        long event = now() - 600;
        String user = Api.fresh("joe");
        String before = access("corp", user, "'issued_at':" + (event - 60));
        String since = access("corp", user, "'issued_at':" + (event + 60));
        String jwtBefore = jwt(user, event - 60);
        String jwtSince = jwt(user, event + 60);
        assertThat(List.of(api.check(before), api.check(since), api.check(jwtBefore), api.check(jwtSince)))
                .containsOnly(200);
        String told = event(
                CORP,
                "'sub_id':{'format':'opaque','id':'" + user + "'},"
                        + claims.replace("EVENT", "" + event).replace(",IAT", ""),
                claims.endsWith("IAT") ? event : now());

        assertThat(push(told)).hasToString("202 ");

        assertThat(List.of(api.check(before), api.check(jwtBefore))).containsOnly(401);
        assertThat(List.of(api.check(since), api.check(jwtSince))).containsOnly(200);
    }

    /** A session never begins again: its tokens were refreshed by somebody who did not know. */
    @Test
    void endsAllTokensOfASessionThatIsNamed() {
        String session = Api.fresh("s");
        String access = access("corp", "joe", "'session_id':'" + session + "'");

        assertThat(push(event(
                        CORP,
                        "'sub_id':{'format':'complex','session':{'format':'opaque','id':'" + session + "'}},"
                                + "'events':{'CAEPsession-revoked':{'event_timestamp':" + (now() - 600) + "}}")))
                .hasToString("202 ");

        assertThat(api.check(access)).isEqualTo(401);
    }

    private static String jwt(String user, long issuedAt) {
        return CORP.sign(
                "RS256",
                json("{'typ':'at+jwt','alg':'RS256','kid':'rsa'}"),
                json("{'iss':'" + CORP.name() + "','sub':'" + user + "','iat':" + issuedAt + ",'exp':"
                        + (issuedAt + 1800) + "}"));
    }

    private static String access(String realm, String user, String more) {
        return api.access(realm, user, json(more));
    }

    private static Reply push(String token) {
        return EventTokens.push(service, token);
    }
}
