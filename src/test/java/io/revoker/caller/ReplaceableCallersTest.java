package io.revoker.caller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.revoker.caller.ClientFile.Client;
import io.revoker.caller.Credentials.Scheme;
import io.revoker.domain.RealmScope;
import io.revoker.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplaceableCallersTest {
    private static final Credentials JOE = credentials("joe", "joes secret");
    private static final Credentials ANN = credentials("ann", "anns secret");
    private static final Authentication NOBODY = new Authentication.Rejected("joe", Scheme.BASIC, Optional.empty());

    private static final Credentials ASSERTION = new Credentials.Assertion(Optional.empty(), "jwt");

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger comparisons = new AtomicInteger();

    @AfterEach
    void close() {
        Waiting.get(vertx.close());
    }

    @Test
    void thoseWhoReplaceOthersDecideFromThenOn() {
        ReplaceableCallers callers = new ReplaceableCallers(fast("joe", "joes secret"));
        assertThat(who(callers.authenticate(JOE))).isEqualTo("joe");

        callers.replace(fast("ann", "anns secret"));

        assertThat(Waiting.get(callers.authenticate(JOE))).isEqualTo(NOBODY);
        assertThat(Waiting.get(callers.authenticate(() -> JOE))).isEqualTo(NOBODY);
        assertThat(who(callers.authenticate(() -> ANN))).isEqualTo("ann");
    }

    @Test
    void nobodyRemembersCredentialsThatWereVerifiedByOthers() {
        ReplaceableCallers callers = new ReplaceableCallers(slow("joe", new CountDownLatch(0)));
        who(callers.authenticate(JOE));
        assertThat(who(callers.authenticate(JOE))).isEqualTo("joe");
        assertThat(comparisons).as("remembered").hasValue(1);

        callers.replace(slow("ann", new CountDownLatch(0)));

        assertThat(Waiting.get(callers.authenticate(JOE))).isEqualTo(NOBODY);
        assertThat(comparisons).hasValue(2);
    }

    @Test
    void aVerificationThatOutlastsThoseWhoBeganItIsNotHonoured() {
        CountDownLatch gate = new CountDownLatch(1);
        ReplaceableCallers callers = new ReplaceableCallers(slow("joe", gate));
        Future<Authentication> asked = callers.authenticate(JOE);
        Waiting.until("it is compared", () -> comparisons.get() == 1);

        callers.replace(fast("ann", "anns secret"));
        gate.countDown();

        assertThat(Waiting.get(asked)).isEqualTo(NOBODY);
    }

    @Test
    void aVerificationThatOutlastsThoseWhoRejectItIsRepeated() {
        CountDownLatch gate = new CountDownLatch(1);
        ReplaceableCallers callers = new ReplaceableCallers(slow("ann", gate));
        Future<Authentication> asked = callers.authenticate(JOE);
        Waiting.until("it is compared", () -> comparisons.get() == 1);

        callers.replace(fast("joe", "joes secret"));
        gate.countDown();

        assertThat(who(asked)).isEqualTo("joe");
    }

    /** A reload must not refuse it as one that was used before. */
    @Test
    void anAssertionIsVerifiedOnce() {
        Once assertions = new Once(true);
        ReplaceableCallers callers = new ReplaceableCallers(signing("joe", assertions));
        Future<Authentication> asked = callers.authenticate(ASSERTION);

        callers.replace(signing("joe", assertions));
        assertions.signer.complete(Optional.of("joe"));

        assertThat(who(asked)).isEqualTo("joe");
        assertThat(assertions.used).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"ann, true", "joe, false"})
    void anAssertionOfAClientThatIsNoneAnyMoreOrHasOtherKeysIsNotHonoured(String known, boolean kept) {
        Once assertions = new Once(kept);
        ReplaceableCallers callers = new ReplaceableCallers(signing("joe", assertions));
        Future<Authentication> asked = callers.authenticate(() -> ASSERTION);

        callers.replace(signing(known, assertions));
        assertions.signer.complete(Optional.of("joe"));

        assertThat(Waiting.get(asked)).isEqualTo(new Authentication.Unusable(Scheme.ASSERTION));
    }

    /** Verifies one assertion, once. */
    private static final class Once implements AssertionVerifier {
        private final Promise<Optional<String>> signer = Promise.promise();
        private final AtomicInteger used = new AtomicInteger();
        private final boolean kept;

        Once(boolean kept) {
            this.kept = kept;
        }

        @Override
        public Future<Optional<String>> verify(String assertion) {
            return used.incrementAndGet() == 1 ? signer.future() : Future.succeededFuture(Optional.empty());
        }

        @Override
        public boolean hasKept(String client, long since) {
            return kept;
        }
    }

    private Callers signing(String id, AssertionVerifier assertions) {
        Client client = new Client(new Caller(id, Set.of(Privilege.CHECK), RealmScope.ALL), Client.Evidence.ofKeys());
        return new ClientCallers(
                List.of(client),
                new Verifications(vertx, VerificationsTest.BOUNDS, Ticker.disabledTicker()),
                assertions);
    }

    private Callers fast(String id, String secret) {
        String line = HashFormat.sha256(ClientSecret.of(secret).orElseThrow());
        return callers(id, HashFormat.parse(line, fault -> {}).orElseThrow());
    }

    /** A client whose secret is that of joe, if it is joe; a comparison takes as long as the gate is closed. */
    private Callers slow(String id, CountDownLatch gate) {
        return callers(id, new SecretHash() {
            @Override
            public boolean matches(ClientSecret secret) {
                comparisons.incrementAndGet();
                Waiting.until("the gate is open", () -> gate.getCount() == 0);
                return true;
            }

            @Override
            public long cost() {
                return 2;
            }
        });
    }

    private Callers callers(String id, SecretHash hash) {
        Client client = new Client(new Caller(id, Set.of(Privilege.CHECK), RealmScope.ALL), hash);
        return new ClientCallers(
                List.of(client), new Verifications(vertx, VerificationsTest.BOUNDS, Ticker.disabledTicker()));
    }

    private static String who(Future<Authentication> decision) {
        return ((Authentication.Authenticated) Waiting.get(decision)).caller().id();
    }

    private static Credentials credentials(String id, String secret) {
        return Credentials.parse(
                Optional.of("Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(UTF_8))));
    }
}
