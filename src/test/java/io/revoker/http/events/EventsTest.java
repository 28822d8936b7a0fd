package io.revoker.http.events;

import static io.revoker.http.events.EventTokens.CAEP;
import static io.revoker.http.events.EventTokens.REVOKED;
import static io.revoker.http.events.EventTokens.claims;
import static io.revoker.http.events.EventTokens.event;
import static io.revoker.http.events.EventTokens.issuedAt;
import static io.revoker.http.events.EventTokens.json;
import static io.revoker.http.events.EventTokens.now;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.revoker.testing.Api;
import io.revoker.testing.Issuer;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Security event tokens that a transmitter pushes (RFC 8935), and false ones. */
class EventsTest {
    private static final Issuer CORP = Issuer.named("https://login.example/corp");
    private static final Issuer PARTNERS = Issuer.named("https://login.example/partners");
    private static final Issuer MAIL = Issuer.named("https://login.example/mail");
    private static final Issuer CLOSED = Issuer.named("https://login.example/closed");
    private static final Issuer SILENT = Issuer.named("https://login.example/silent");

    private static RunningService service;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        String realms = "realms:\n"
                + CORP.realm(directory, "corp", "events-audience: [revoker]")
                + PARTNERS.realm(directory, "partners", "events-audience: [revoker]")
                + MAIL.realm(directory, "mail", "events-audience: [revoker], username-claim: email")
                + CLOSED.realm(directory, "closed", "logout-audience: [revoker]")
                + "  silent: {issuer: '" + SILENT.name() + "', jwks: 'http://127.0.0.1:9/',"
                + " allow-private-addresses: true, events-audience: [revoker]}\n";
        service = RunningService.start("--realms.file=" + Files.writeString(directory.resolve("realms.yaml"), realms));
        api = new Api(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** As the example of CAEP 1.0, section 3.1.2, is; made by the JOSE library of Nimbus. */
    @SuppressWarnings("JavaUtilDate") // the library asks for it
    @Test
    void endsTheUserWhoseSessionWasRevoked() throws JOSEException {
        String user = Api.fresh("joe");
        Api.Pair pair = api.pair("corp", user);
        String ofAnother = api.access("corp", "jane");
        String elsewhere = api.access("partners", user);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(new JOSEObjectType("secevent+jwt"))
                        .keyID("rsa")
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(CORP.name())
                        .audience("revoker")
                        .issueTime(new Date())
                        .jwtID(Api.fresh("jti"))
                        .claim("txn", 8675309)
                        .claim("sub_id", Map.of("format", "iss_sub", "iss", CORP.name(), "sub", user))
                        .claim(
                                "events",
                                Map.of(
                                        CAEP + "session-revoked",
                                        Map.of("initiating_entity", "policy", "event_timestamp", now())))
                        .build());
        token.sign(new RSASSASigner(CORP.rsa()));

        Reply reply = push(token.serialize());

        assertThat(reply).hasToString("202 ");
        assertThat(api.check(pair.access())).isEqualTo(401);
        assertThat(api.isActive(pair.refresh())).isFalse();
        assertThat(List.of(api.check(ofAnother), api.check(elsewhere))).containsExactly(200, 200);

        String since = api.access("corp", user);
        assertThat(push(token.serialize())).as("sent again").hasToString("202 ");
        assertThat(api.check(since)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'sub_id':{'format':'opaque','id':'USER'},'events':{'CAEPsession-revoked':{}}",
                "'sub_id':{'format':'opaque','id':'USER'},'events':{'RISCaccount-disabled':{'reason':'hijacking'}}",
                "'sub_id':{'format':'opaque','id':'USER'},'events':{'RISCaccount-purged':{}}",
                "'sub_id':{'format':'opaque','id':'USER'},'events':{'https://other.example/event':{},'RISCsessions-revoked':{}}",
                "'events':{'CAEPsession-revoked':{'subject':{'format':'opaque','id':'USER'}}}",
                "'sub_id':{'format':'complex','user':{'format':'opaque','id':'USER'}},'events':{'CAEPsession-revoked':{}}",
                "'sub_id':{'format':'complex','user':{'format':'opaque','id':'USER'},"
                        + "'session':{'format':'uri','uri':'urn:s'}},'events':{'CAEPsession-revoked':{}}",
                "'sub_id':{'format':'complex','user':{'format':'opaque','id':'USER'},"
                        + "'session':{'format':'opaque','id':'ALL'}},'events':{'CAEPsession-revoked':{}}",
                "'sub_id':{'format':'complex','user':{'format':'opaque','id':'USER'},"
                        + "'session':{'format':'opaque','id':'s'}},"
                        + "'events':{'CAEPsession-revoked':{},'RISCaccount-disabled':{}}"
            })
    void endsTheUserByEachEventAndSubject(String claims) {
        String user = Api.fresh("joe");
        String access = api.access("corp", user);

        assertThat(push(event(CORP, claims.replace("USER", user)))).hasToString("202 ");

        assertThat(api.check(access)).isEqualTo(401);
    }

    /** CAEP 1.0, section 3.1: it applies to the sessions that all members of a complex subject have in common. */
    @ParameterizedTest
    @ValueSource(strings = {"'user':{'format':'opaque','id':'USER'},", ""})
    void endsOnlyTheSessionThatIsNamed(String user) {
        String name = Api.fresh("joe");
        String session = Api.fresh("s");
        String access = accessIn(session, name);
        String inAnother = accessIn(Api.fresh("s"), name);
        String inNone = api.access("corp", name);

        assertThat(push(event(
                        CORP,
                        "'sub_id':{'format':'complex'," + user.replace("USER", name)
                                + "'session':{'format':'opaque','id':'" + session + "'}}," + REVOKED)))
                .hasToString("202 ");

        assertThat(List.of(api.check(access), api.check(inAnother), api.check(inNone)))
                .containsExactly(401, 200, 200);
    }

    private static String accessIn(String session, String user) {
        return api.access("corp", user, json("'session_id':'" + session + "'"));
    }

    @Test
    void takesAnEmailAddressWhereItIsTheName() {
        String user = Api.fresh("joe") + "@corp.example";
        String access = api.access("mail", user);

        assertThat(push(event(MAIL, "'sub_id':{'format':'email','email':'" + user + "'}," + REVOKED)))
                .hasToString("202 ");

        assertThat(api.check(access)).isEqualTo(401);
    }

    /** The domain of an address is the same in upper and lower case; only it knows about the rest. */
    @Test
    void takesAnEmailAddressAlsoWithItsDomainInLowerCase() {
        String user = Api.fresh("Joe");
        String lower = api.access("mail", user + "@corp.example");
        String upper = api.access("mail", user + "@Corp.Example");
        String another = api.access("mail", user.toLowerCase(Locale.ROOT) + "@corp.example");
        String jwt = MAIL.accessToken("RS256", ",\"email\":\"" + user + "@corp.example\"");
        assertThat(api.check(jwt)).isEqualTo(200);

        assertThat(push(event(MAIL, "'sub_id':{'format':'email','email':'" + user + "@Corp.Example'}," + REVOKED)))
                .hasToString("202 ");

        assertThat(List.of(api.check(lower), api.check(upper), api.check(jwt), api.check(another)))
                .containsExactly(401, 401, 401, 200);
    }

    /** How a name with upper case is written can't be known: an issuer has to write domains in lower case. */
    @Test
    void doesNotKnowWhichUpperCaseADomainInLowerCaseMayHave() {
        String user = Api.fresh("joe");
        String upper = api.access("mail", user + "@Corp.Example");

        assertThat(push(event(MAIL, "'sub_id':{'format':'email','email':'" + user + "@corp.example'}," + REVOKED)))
                .hasToString("202 ");

        assertThat(api.check(upper)).isEqualTo(200);
    }

    /** A stream is tested with an event of its own, and has others that end nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://schemas.openid.net/secevent/ssf/event-type/verification",
                "https://schemas.openid.net/secevent/caep/event-type/credential-change",
                "https://schemas.openid.net/secevent/risc/event-type/account-enabled"
            })
    void takesOtherEventsAndEndsNothing(String type) {
        String access = api.access("corp", "joe");

        assertThat(push(event(CORP, "'sub_id':{'format':'opaque','id':'joe'},'events':{'" + type + "':{}}")))
                .hasToString("202 ");

        assertThat(api.check(access)).isEqualTo(200);
    }

    static Stream<Arguments> falseTokens() {
        String subject = "'sub_id':{'format':'opaque','id':'joe'},";
        String good = claims(CORP, "'jti':'j'," + subject + REVOKED);
        String header = json("{'typ':'secevent+jwt','alg':'RS256','kid':'rsa'}");
        return Stream.of(
                Arguments.of("no JWT", "invalid_request", "x"),
                Arguments.of(
                        "alg none",
                        "invalid_request",
                        CORP.sign("RS256", json("{'typ':'secevent+jwt','alg':'none'}"), good)),
                Arguments.of("another realm's key", "invalid_key", PARTNERS.sign("RS256", header, good)),
                Arguments.of(
                        "another type",
                        "invalid_request",
                        CORP.sign("RS256", json("{'typ':'JWT','alg':'RS256','kid':'rsa'}"), good)),
                Arguments.of(
                        "an unknown issuer", "invalid_issuer", CORP.sign("RS256", header, good.replace("corp", "x"))),
                Arguments.of("a realm that accepts none", "invalid_issuer", event(CLOSED, subject + REVOKED)),
                Arguments.of(
                        "another audience",
                        "invalid_audience",
                        CORP.sign("RS256", header, good.replace("revoker", "x"))),
                Arguments.of("no jti", "invalid_request", CORP.sign("RS256", header, good.replace("jti", "x"))),
                Arguments.of("no iat", "invalid_request", CORP.sign("RS256", header, good.replace("iat", "x"))),
                Arguments.of("too old", "invalid_request", CORP.sign("RS256", header, issuedAt(now() - 90_000, good))),
                Arguments.of(
                        "not issued yet", "invalid_request", CORP.sign("RS256", header, issuedAt(now() + 900, good))),
                Arguments.of("no events", "invalid_request", event(CORP, "'sub_id':{'format':'opaque','id':'joe'}")),
                Arguments.of("no subject", "invalid_request", event(CORP, REVOKED)),
                Arguments.of(
                        "the user of another issuer",
                        "invalid_request",
                        event(
                                CORP,
                                "'sub_id':{'format':'iss_sub','iss':'" + PARTNERS.name() + "','sub':'joe'},"
                                        + REVOKED)),
                Arguments.of(
                        "an email address that is no name",
                        "invalid_request",
                        event(CORP, "'sub_id':{'format':'email','email':'joe'}," + REVOKED)),
                Arguments.of(
                        "neither a user nor a session",
                        "invalid_request",
                        event(CORP, "'sub_id':{'format':'complex','device':{'format':'opaque','id':'d'}}," + REVOKED)),
                Arguments.of(
                        "a device of a tenant",
                        "invalid_request",
                        event(
                                CORP,
                                "'sub_id':{'format':'complex','tenant':{'format':'opaque','id':'corp'},"
                                        + "'device':{'format':'opaque','id':'d'}}," + REVOKED)),
                Arguments.of(
                        "a tenant in another format",
                        "invalid_request",
                        event(CORP, "'sub_id':{'format':'complex','tenant':{'format':'uri','uri':'corp'}}," + REVOKED)),
                Arguments.of(
                        "a tenant that is null",
                        "invalid_request",
                        event(CORP, "'sub_id':{'format':'complex','tenant':null}," + REVOKED)),
                Arguments.of(
                        "a tenant that is null, of an application",
                        "invalid_request",
                        event(
                                CORP,
                                "'sub_id':{'format':'complex','tenant':null,"
                                        + "'application':{'format':'opaque','id':'app'}}," + REVOKED)),
                Arguments.of(
                        "an application in another format",
                        "invalid_request",
                        event(
                                CORP,
                                "'sub_id':{'format':'complex','tenant':{'format':'opaque','id':'corp'},"
                                        + "'application':{'format':'uri','uri':'app'}}," + REVOKED)),
                Arguments.of(
                        "an account without a user",
                        "invalid_request",
                        event(
                                CORP,
                                ("'sub_id':{'format':'complex','session':{'format':'opaque','id':'s'}},"
                                        + "'events':{'RISCaccount-disabled':{}}"))),
                Arguments.of("an empty object of events", "invalid_request", event(CORP, subject + "'events':{}")),
                Arguments.of(
                        "an event that is null",
                        "invalid_request",
                        event(CORP, subject + "'events':{'CAEPsession-revoked':null}")),
                Arguments.of(
                        "an event of another type that is no object",
                        "invalid_request",
                        event(CORP, subject + "'events':{'https://other.example/event':7}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("falseTokens")
    void refusesAFalseOne(String what, String err, String token) {
        String access = api.access("corp", "joe");
        String elsewhere = api.access("partners", "joe");

        Reply reply = push(token);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Language")).isEqualTo("en");
        assertThat(reply.json().required("err").textValue()).isEqualTo(err);
        assertThat(reply.json().required("description").textValue()).isNotEmpty();
        assertThat(List.of(api.check(access), api.check(elsewhere))).containsExactly(200, 200);
    }

    @Test
    void isToBeSentAgainWhileTheKeysCanNotBeFetched() {
        Reply reply = push(event(SILENT, "'sub_id':{'format':'opaque','id':'joe'}," + REVOKED));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void refusesAnotherMethodAnotherTypeAndTooMuch() {
        assertThat(service.call("GET", "/ssf/events").send().status()).isEqualTo(405);
        assertThat(service.call("POST", "/ssf/events").json("{}").send().status())
                .isEqualTo(415);
        assertThat(push("x".repeat(2_000_000)).status()).isEqualTo(413);
    }

    private static Reply push(String token) {
        return EventTokens.push(service, token);
    }
}
