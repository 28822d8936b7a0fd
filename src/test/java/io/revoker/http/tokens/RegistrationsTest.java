package io.revoker.http.tokens;

import static io.revoker.testing.Waiting.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.bus.RevokerBus;
import io.revoker.bus.StatusListBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Callers;
import io.revoker.domain.Grant;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.store.Registration;
import io.revoker.http.Gate;
import io.revoker.http.InFlightLimit;
import io.revoker.http.single.StatusSettings;
import io.revoker.testing.Configurations;
import io.revoker.testing.LogCapture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistrationsTest {
    private static final byte[] DOCUMENT =
            "{\"realm_name\":\"corp\",\"username\":\"joe\",\"access_token\":\"opaque-1\"}".getBytes(UTF_8);

    private static final byte[] MINT =
            "{\"realm_name\":\"corp\",\"username\":\"joe\",\"mint\":[\"access_token\"]}".getBytes(UTF_8);

    private final Vertx vertx = Vertx.vertx();
    private final Registrations registrations =
            new Registrations(new RevokerBus(vertx, Duration.ofSeconds(5))::register, reader(), noStatuses(), gate());

    private TokenStatuses noStatuses() {
        return new TokenStatuses(
                new StatusListBus(new RevokerBus(vertx, Duration.ofSeconds(5))),
                StatusSettings.of(Configurations.of(List.of(), Map.of())),
                JwtVerifier.NONE,
                Tries.ONCE);
    }

    private static Gate gate() {
        return new Gate(
                Callers.anonymous(), new InFlightLimit(10, new SimpleMeterRegistry()), new SimpleMeterRegistry());
    }

    private static RegistrationReader reader() {
        return new RegistrationReader(
                Configurations.of(List.of(), Map.of()).tokens(),
                () -> new TokenSyntax(100),
                realm -> "sid",
                InstantSource.system());
    }

    @AfterEach
    void close() {
        get(vertx.close());
    }

    /** An event bus without our codecs throws. */
    @Test
    void answersAndLogsAFaultOfOurs() {
        try (LogCapture log = LogCapture.open(Level.ERROR)) {
            DocumentAnswer answer = get(registrations.register(DOCUMENT, Caller.ANONYMOUS));

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body().path("detail").asText()).isEqualTo("IllegalArgumentException");
            assertThat(log.lines()).singleElement().asString().contains("request failed");
            assertThat(log.lines().toString() + answer.body()).doesNotContain("opaque-1");
        }
    }

    /** For example a class that can't be initialised: otherwise the error would go unnoticed. */
    @Test
    void answersAndLogsAnErrorToo() {
        Registrations broken = new Registrations(
                request -> {
                    throw new ExceptionInInitializerError("bug");
                },
                reader(),
                noStatuses(),
                gate());
        try (LogCapture log = LogCapture.open(Level.ERROR)) {
            assertThat(get(broken.register(DOCUMENT, Caller.ANONYMOUS)).status())
                    .isEqualTo(500);
            assertThat(log.lines()).singleElement().asString().contains("bug");
        }
    }

    /** A client that asks for tokens can't prevent that they are revoked before it gets them. */
    @Test
    void mintsOthersIfThoseAreRevokedAsTheyAreRegistered() {
        List<Grant> asked = new ArrayList<>();
        DocumentAnswer answer = get(minting(asked, 2).register(MINT, Caller.ANONYMOUS));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(asked).extracting(Grant::access).doesNotHaveDuplicates().hasSize(3);
        assertThat(get(minting(asked, 3).register(MINT, Caller.ANONYMOUS)).status())
                .isEqualTo(503);
    }

    private Registrations minting(List<Grant> asked, int revoked) {
        int before = asked.size();
        return new Registrations(
                request -> {
                    asked.add(request.grant());
                    return Future.succeededFuture(new Registration(
                            asked.size() - before > revoked
                                    ? Registration.Outcome.CREATED
                                    : Registration.Outcome.INVALIDATED,
                            request.grant()));
                },
                reader(),
                noStatuses(),
                gate());
    }

    @Test
    void answersAFaultOfTheCallerWithoutALine() {
        try (LogCapture log = LogCapture.open(Level.WARN)) {
            assertThat(get(registrations.register("{".getBytes(UTF_8), Caller.ANONYMOUS))
                            .status())
                    .isEqualTo(400);
            assertThat(log.lines()).isEmpty();
        }
    }
}
