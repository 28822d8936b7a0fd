package io.revoker.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.revoker.caller.DocumentException;
import io.revoker.domain.RealmId;
import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.jwt.Realm.Rules;
import io.revoker.jwt.keys.Algorithm;
import io.revoker.jwt.keys.KeyPlace;
import io.revoker.net.HttpTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealmFileTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Rules USUAL = new Rules(
            Set.of(Algorithm.RS256, Algorithm.ES256, Algorithm.EDDSA, Algorithm.ED25519, Algorithm.ED448),
            Set.of(),
            TypeRule.ACCESS_TOKEN,
            Duration.ofSeconds(10),
            Duration.ZERO,
            Duration.ofHours(1),
            "sub",
            List.of("client_id", "azp"),
            "sid",
            Demand.EITHER);

    @TempDir
    Path directory;

    @Test
    void needsAnIssuerAndItsKeys() throws IOException {
        assertThat(read("""
                realms:
                  corp:
                    issuer: https://login.example/
                    jwks: https://login.example/keys?a=b
                  partners:
                    issuer: partners
                    jwks: conf/partners.json
                """))
                .containsExactly(
                        new Realm(
                                new RealmId("corp"),
                                "https://login.example/",
                                web("https://login.example/keys?a=b", HttpTarget.Rule.PUBLIC_ADDRESSES),
                                USUAL),
                        new Realm(
                                new RealmId("partners"),
                                "partners",
                                new KeyPlace.File(Path.of("conf/partners.json")),
                                USUAL));
    }

    @Test
    void readsEveryKey() throws IOException {
        assertThat(read("""
                realms:
                  "a realm: of its own":
                    issuer: i
                    jwks: http://10.0.0.1:8080/keys
                    ca: ca.pem
                    allow-http: true
                    allow-private-addresses: true
                    algorithms: [RS384, RS512, PS256, PS384, PS512, ES384, ES512, EdDSA]
                    audience: [a, b]
                    type: JWT
                    clock-skew: 299900ms
                    fast-clock: true
                    max-lifetime: 1430m
                    username-claim: preferred_username
                    client-claim: cid
                    session-claim: s
                    registered: required
                    logout-audience: [c]
                    events-audience: [d]
                    events-tenant: [e, f]
                    revocation-audience: [g]
                """))
                .containsExactly(new Realm(
                        new RealmId("a realm: of its own"),
                        "i",
                        new KeyPlace.Web(
                                URI.create("http://10.0.0.1:8080/keys"),
                                HttpTarget.Rule.ALL_ADDRESSES,
                                Optional.of(Path.of("ca.pem"))),
                        new Rules(
                                Set.of(
                                        Algorithm.RS384,
                                        Algorithm.RS512,
                                        Algorithm.PS256,
                                        Algorithm.PS384,
                                        Algorithm.PS512,
                                        Algorithm.ES384,
                                        Algorithm.ES512,
                                        Algorithm.EDDSA,
                                        Algorithm.ED25519,
                                        Algorithm.ED448),
                                Set.of("a", "b"),
                                TypeRule.JWT,
                                Duration.ofMillis(299_900),
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(1430),
                                "preferred_username",
                                List.of("cid"),
                                "s",
                                Demand.REGISTERED),
                        new Realm.Accepted(Set.of("c"), Set.of("d"), Set.of("g"), Set.of("e", "f"))));
    }

    @Test
    void tellsEveryFaultAtOnceWithItsPlace() throws IOException {
        assertThat(faults("""
                colour: red
                realms:
                  corp:
                    isuer: x
                    algorithms: [none, HS256, RS256, rs256]
                    audience: []
                    type: at-jwt
                    clock-skew: 301s
                    max-lifetime: 24h
                    username-claim: ""
                    registered: true
                    allow-http: "yes"
                  "":
                    issuer: " x"
                    jwks: ftp://login.example/keys
                    clock-skew: 10
                    audience: [1]
                    max-lifetime: long
                  more: text
                """))
                .containsExactly(
                        "colour: unknown (expected: realms)",
                        "realms.corp.isuer: unknown (expected: issuer, jwks, ca, allow-http, allow-private-addresses,"
                                + " algorithms, audience, type, clock-skew, fast-clock, max-lifetime, username-claim,"
                                + " client-claim,"
                                + " session-claim, registered, logout-audience, events-audience, events-tenant,"
                                + " revocation-audience)",
                        "realms.corp.issuer: absent (expected: text)",
                        "realms.corp.allow-http: string (expected: true or false)",
                        "realms.corp.jwks: absent (expected: text)",
                        "realms.corp.clock-skew: 301s (expected: 0s to 5m)",
                        "realms.corp.max-lifetime: 1d (expected: with twice clock-skew, 10s, at most log.retention, 1d)",
                        "realms.corp.algorithms: none (expected: some of [RS256, RS384, RS512, PS256, PS384, PS512,"
                                + " ES256, ES384, ES512, EdDSA, Ed25519, Ed448])",
                        "realms.corp.algorithms: HS256 (expected: some of [RS256, RS384, RS512, PS256, PS384, PS512,"
                                + " ES256, ES384, ES512, EdDSA, Ed25519, Ed448])",
                        "realms.corp.algorithms: rs256 (expected: some of [RS256, RS384, RS512, PS256, PS384, PS512,"
                                + " ES256, ES384, ES512, EdDSA, Ed25519, Ed448])",
                        "realms.corp.audience: empty (expected: a list of one or more)",
                        "realms.corp.type: at-jwt (expected: one of at+jwt, JWT, any)",
                        "realms.corp.username-claim: \"\" (expected: the name of a claim)",
                        "realms.corp.registered: boolean (expected: text)",
                        "realms..name: realm_name: 0 characters (expected: 1 to 1024 characters)",
                        "realms..issuer: \" x\" (expected: the claim iss, without blanks around it)",
                        "realms..jwks: ftp://login.example/keys (expected: https://host[:port]/path, or the path of a"
                                + " file)",
                        "realms..clock-skew: number (expected: text)",
                        "realms..max-lifetime: long (expected: a duration such as 500ms, 2s, 5m, 24h or 30d)",
                        "realms..audience[0]: number (expected: text)",
                        "realms.more: string (expected: issuer, jwks, ca, allow-http, allow-private-addresses,"
                                + " algorithms, audience, type, clock-skew, fast-clock, max-lifetime, username-claim,"
                                + " client-claim,"
                                + " session-claim, registered, logout-audience, events-audience, events-tenant,"
                                + " revocation-audience)");
    }

    @Test
    void letsNoTwoRealmsHaveOneIssuerOrOneName() throws IOException {
        assertThat(faults("""
                realms:
                  corp: {issuer: i, jwks: k.json}
                  " corp": {issuer: j, jwks: k.json}
                  partners: {issuer: i, jwks: k.json}
                """))
                .containsExactly(
                        "realms. corp.name:  corp (expected: another one than that of realms.corp)",
                        "realms.partners.issuer: i (expected: another one than that of realms.corp)");
    }

    @Test
    void needsARealm() throws IOException {
        assertThat(faults("realms: {}")).containsExactly("realms: empty (expected: one or more, by name)");
        assertThat(faults("realms: [a]")).containsExactly("realms: array (expected: one or more, by name)");
        assertThat(faults("")).containsExactly("the file: absent (expected: realms)");
        assertThat(faults("realms: {a: {}, a: {}}"))
                .containsExactly("the file: malformed at line 1, column 18 (expected: YAML or JSON, every key once)");
    }

    @Test
    void namesTheFile() {
        Path absent = directory.resolve("absent.yaml");

        assertThat(catchThrowableOfType(
                        DocumentException.class, () -> RealmFile.read(absent, DAY, (realm, problems) -> {})))
                .hasMessage(absent + ":\n  the file: NoSuchFileException (expected: readable)")
                .extracting(DocumentException::lines)
                .isEqualTo(List.of(absent + ": the file: NoSuchFileException (expected: readable)"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://login.example/keys, 'https, or allow-http: true'",
        "https://login.example/keys#a, 'https://host[:port]/path, or the path of a file'",
        "https://joe@login.example/keys, 'https://host[:port]/path, or the path of a file'",
        "https:///keys, 'https://host[:port]/path, or the path of a file'",
        "https://a b/keys, 'https://host[:port]/path, or the path of a file'",
        "https://login.example:99999/, 'https://host[:port]/path, or the path of a file'",
        "https://localhost/keys, 'a public address, or allow-private-addresses: true'",
        "http://localhost/keys, 'a public address, or allow-private-addresses: true'",
        "https://127.1.2.3/keys, 'a public address, or allow-private-addresses: true'",
        "https://[::1]/keys, 'a public address, or allow-private-addresses: true'",
        "https://10.1.2.3/keys, 'a public address, or allow-private-addresses: true'",
        "https://169.254.169.254/keys, 'a public address, or allow-private-addresses: true'",
        "https://[fd00::1]/keys, 'a public address, or allow-private-addresses: true'",
        "https://[::ffff:10.0.0.1]/keys, 'a public address, or allow-private-addresses: true'",
    })
    void takesNoKeysFromWhereOthersCouldMakeThemUp(String url, String expected) throws IOException {
        assertThat(faults("realms: {corp: {issuer: i, jwks: \"" + url + "\"}}"))
                .containsExactly("realms.corp.jwks: " + url + " (expected: " + expected + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "http://login.example/keys, allow-http: true",
        "http://localhost/keys, allow-private-addresses: true",
        "http://127.0.0.1:81, allow-private-addresses: true",
        "'https://[::1]/keys', allow-private-addresses: true",
        "https://1.1.1.1/keys, allow-private-addresses: false"
    })
    void takesThemIfThatIsAllowed(String url, String allowed) throws IOException {
        assertThat(read("realms: {corp: {issuer: i, jwks: \"" + url + "\", " + allowed + "}}"))
                .hasSize(1);
    }

    @Test
    void tellsTheFaultsOfTheFilesOfKeys() throws IOException {
        Path file = directory.resolve("realms.yaml");
        Path empty = Files.writeString(directory.resolve("empty.json"), "{\"keys\":[]}");
        Path absent = directory.resolve("absent.json");
        Files.writeString(
                file, "realms: {a: {issuer: a, jwks: '" + empty + "'}, b: {issuer: b, jwks: '" + absent + "'}}");

        assertThat(catchThrowableOfType(DocumentException.class, () -> Realms.read(file, DAY, pem -> Optional.empty()))
                        .lines())
                .containsExactly(
                        file + ": realms.a.jwks: " + empty + ": no key that can be used (expected: a JWK set of at most"
                                + " 262144 bytes and 64 keys, one of them for signatures)",
                        file + ": realms.b.jwks: " + absent + ": NoSuchFileException (expected: readable)");
    }

    @Test
    void theExampleCanBeUsed() {
        assertThat(RealmFile.read(Path.of("conf", "realms.example.yaml"), DAY, (realm, problems) -> {}))
                .extracting(realm -> realm.id().value(), realm -> realm.rules().type())
                .containsExactly(tuple("corp", TypeRule.JWT), tuple("partners", TypeRule.ACCESS_TOKEN));
    }

    private static KeyPlace.Web web(String url, HttpTarget.Rule reach) {
        return new KeyPlace.Web(URI.create(url), reach, Optional.empty());
    }

    private List<Realm> read(String text) throws IOException {
        return RealmFile.read(Files.writeString(directory.resolve("realms.yaml"), text), DAY, (realm, problems) -> {});
    }

    private List<String> faults(String text) throws IOException {
        String file = directory.resolve("realms.yaml") + ": ";
        return catchThrowableOfType(DocumentException.class, () -> read(text)).lines().stream()
                .map(problem -> problem.replace(file, ""))
                .toList();
    }
}
