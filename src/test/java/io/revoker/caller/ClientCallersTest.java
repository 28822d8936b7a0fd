package io.revoker.caller;

import static io.revoker.testing.Waiting.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.caller.ClientFile.Client;
import io.revoker.caller.Credentials.Scheme;
import io.revoker.domain.RealmScope;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One client of each kind; the comparisons of the slow ones and of the fast one are counted. */
class ClientCallersTest {
    private static final String FAST = "sha256:b333c0a4772e9e3c81513f7f52fb9f4fb83c835b7d2a21ce992ff14df8562cda";
    private static final String SLOW = "bcrypt:$2b$04$abcdefghijklmnopqrstuu.re4/lWF.zqrrGnYy1AP3doZ95IIwKq";
    private static final String DEAREST =
            "pbkdf2-sha256:10000:AAECAwQFBgcICQoLDA0ODw==:bUi5s0Pb71kEscciZtwSznxAaIxTJzc6JBj+UI0e1gw=";
    private static final String RIGHT = "correct horse bättery";

    private static final Duration CACHED_FOR = Duration.ofSeconds(60);

    private static final Vertx VERTX = Vertx.vertx();

    private final AtomicInteger fast = new AtomicInteger();
    private final AtomicInteger slow = new AtomicInteger();
    private final AtomicInteger dearest = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final CallerSettings bounds = new CallerSettings(2, CACHED_FOR, 4, 4);
    private final Callers callers = new ClientCallers(
            List.of(client("fast", FAST, fast), client("slow", SLOW, slow), client("dear", DEAREST, dearest)),
            new Verifications(VERTX, bounds, now::get));

    @AfterAll
    static void stop() {
        get(VERTX.close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "slow", "dear"})
    void knowsAClientByItsSecret(String id) {
        assertThat(authenticate(id, RIGHT)).isEqualTo(new Authentication.Authenticated(caller(id)));
    }

    @ParameterizedTest
    @CsvSource({
        "fast, wrong, fast",
        "slow, wrong, slow",
        "dear, wrong, dear",
        "nobody, correct horse bättery,",
        "FAST, correct horse bättery,",
        "sl%6Fw, wrong, slow"
    })
    void rejectsAWrongSecretAndAnUnknownId(String id, String secret, @Nullable String client) {
        assertThat(authenticate(id, secret))
                .isEqualTo(new Authentication.Rejected(id, Scheme.BASIC, Optional.ofNullable(client)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "slow", "dear"})
    void knowsAClientThatSendsItsCredentialsFormUrlencoded(String id) {
        assertThat(authenticate(id, "correct+horse+b%C3%A4ttery"))
                .isEqualTo(new Authentication.Authenticated(caller(id)));
    }

    @Test
    void tellsMissingAndUnusableCredentials() {
        assertThat(authenticate(Optional.empty())).isEqualTo(new Authentication.Missing());
        assertThat(authenticate(Optional.of("Bearer abc"))).isEqualTo(new Authentication.Unusable(Scheme.BEARER));
    }

    @ParameterizedTest
    @CsvSource({"nobody, 1, 0, 1", "fast, 1, 0, 1", "slow, 1, 1, 0", "dear, 1, 0, 1"})
    void comparesOnceFastAndOnceSlowWhoeverIsRejected(String id, int fastOnes, int slowOnes, int dearestOnes) {
        authenticate(id, "wrong");

        assertThat(List.of(fast.get(), slow.get(), dearest.get())).containsExactly(fastOnes, slowOnes, dearestOnes);
    }

    @Test
    void comparesAnUnknownIdWithTheFastKindWhereThereIsNoOther() {
        Callers onlyFast =
                new ClientCallers(List.of(client("fast", FAST, fast)), new Verifications(VERTX, bounds, now::get));

        authenticate(onlyFast, header("nobody", RIGHT));

        assertThat(fast).hasValue(1);
    }

    @Test
    void paysNoSlowHashForAFastClient() {
        authenticate("fast", RIGHT);

        assertThat(List.of(slow.get(), dearest.get())).containsOnly(0);
    }

    @Test
    void paysASlowHashOncePerCacheTime() {
        authenticate("slow", RIGHT);
        now.set(CACHED_FOR.toNanos() - 1);

        assertThat(authenticate("slow", RIGHT)).isEqualTo(new Authentication.Authenticated(caller("slow")));
        assertThat(slow).hasValue(1);

        now.set(CACHED_FOR.toNanos());

        assertThat(authenticate("slow", RIGHT)).isEqualTo(new Authentication.Authenticated(caller("slow")));
        assertThat(slow).hasValue(2);
    }

    @Test
    void acceptsNoOtherSecretFromTheCache() {
        authenticate("slow", RIGHT);

        assertThat(authenticate("slow", RIGHT + "!"))
                .isEqualTo(new Authentication.Rejected("slow", Scheme.BASIC, Optional.of("slow")));
        assertThat(authenticate("dear", "wrong"))
                .isEqualTo(new Authentication.Rejected("dear", Scheme.BASIC, Optional.of("dear")));
        assertThat(slow).hasValue(2);
    }

    @Test
    void remembersNoFailure() {
        authenticate("slow", "wrong");
        authenticate("slow", "wrong");

        assertThat(slow).hasValue(2);
    }

    @Test
    void takesEverybodyWhereNoFileIsConfigured() {
        for (Optional<String> header : List.of(Optional.<String>empty(), Optional.of("Bearer x"), header("a", "b"))) {
            assertThat(authenticate(Callers.anonymous(), header))
                    .isEqualTo(new Authentication.Authenticated(Caller.ANONYMOUS));
        }
    }

    private Authentication authenticate(String id, String secret) {
        return authenticate(header(id, secret));
    }

    private Authentication authenticate(Optional<String> header) {
        return authenticate(callers, header);
    }

    private static Authentication authenticate(Callers callers, Optional<String> header) {
        return get(callers.authenticate(Credentials.parse(header)));
    }

    private static Optional<String> header(String id, String secret) {
        return Optional.of("Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(UTF_8)));
    }

    private static Client client(String id, String line, AtomicInteger comparisons) {
        SecretHash hash = HashFormat.parse(line, fault -> {}).orElseThrow();
        return new Client(caller(id), new CountingHash(hash, comparisons));
    }

    private static Caller caller(String id) {
        return new Caller(id, Set.of(Privilege.CHECK), RealmScope.ALL);
    }
}
