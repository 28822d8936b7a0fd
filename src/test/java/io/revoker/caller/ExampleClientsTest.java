package io.revoker.caller;

import static io.revoker.testing.Waiting.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.testing.Manual;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The example in conf, with the secrets from its comments. */
class ExampleClientsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Path EXAMPLE = Path.of("conf", "clients.example.yaml");

    @AfterAll
    static void stop() {
        get(VERTX.close());
    }

    @Test
    void knowsOps() throws Exception {
        RealmScope realms = RealmScope.only(Set.of(new RealmId("corp"), new RealmId("partners")));

        assertThat(authenticate("ops", "CXrMz-YOT6HkaevhQeiORDcIr-ZtKRw-dApKQWvTT-4"))
                .isEqualTo(new Caller("ops", Set.of(Privilege.INVALIDATE, Privilege.CHECK), realms));
    }

    @Test
    void knowsTheAuthorizationServer() throws Exception {
        assertThat(authenticate("as1", "kuKnEsx9TbUwiN1AatAORUEd8fSRnG3viL0GvIbVKGw"))
                .isEqualTo(new Caller("as1", Set.of(Privilege.REGISTER), RealmScope.ALL));
    }

    @Test
    void knowsTheGateway() throws Exception {
        assertThat(authenticate("gateway", "o5SjXssUTCgm0K1v2DBwGy70NCQGn4j4cRWNU7xDQRA"))
                .isEqualTo(new Caller("gateway", Set.of(Privilege.CHECK, Privilege.FEED), RealmScope.ALL));
    }

    @Test
    void isWarnedOf() {
        assertThat(Callers.warnings(EXAMPLE))
                .hasSize(3)
                .first()
                .isEqualTo(
                        "clients.file: client ops has a secret that is published in the manual (expected: a secret of its own, see"
                                + " hash-secret)");
    }

    /** The manual shows no other one. */
    @Test
    void isWhatTheManualShows() throws IOException {
        assertThat(Pattern.compile("secret: \"(.*)\"")
                        .matcher(Manual.text())
                        .results()
                        .map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Files.readString(EXAMPLE)).contains(line));
    }

    private static Caller authenticate(String id, String secret) throws Exception {
        assertThat(lines()).contains("# secret: " + secret);
        String basic = "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(UTF_8));
        Authentication answer = get(Callers.load(EXAMPLE, VERTX, VerificationsTest.BOUNDS, AssertionVerifier.NONE)
                .authenticate(Credentials.parse(Optional.of(basic))));
        assertThat(answer).isInstanceOf(Authentication.Authenticated.class);
        return ((Authentication.Authenticated) answer).caller();
    }

    private static Iterable<String> lines() throws IOException {
        return Files.readAllLines(EXAMPLE).stream().map(String::strip).toList();
    }
}
