package io.revoker.redis;

import static io.revoker.domain.Registration.Outcome.CONFLICT;
import static io.revoker.domain.Registration.Outcome.CREATED;
import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Facts;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Registration;
import io.revoker.domain.Token;
import io.revoker.domain.UserInRealm;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConflictContractTest extends StoreContract {
    private static final UserInRealm JOE = holder("corp", "joe");

    ConflictContractTest(Backend backend) {
        super(backend);
    }

    /** One thing of a pair that a second registration says otherwise. */
    static Stream<Named<UnaryOperator<Grant>>> differences() {
        return Stream.of(
                named("realm", pair -> with(pair, holder("lab", "joe"))),
                named("user", pair -> with(pair, holder("corp", "joe2"))),
                named(
                        "life of access",
                        pair -> tokens(pair, pair.access().map(ConflictContractTest::longer), pair.refresh())),
                named(
                        "life of refresh",
                        pair -> tokens(pair, pair.access(), pair.refresh().map(ConflictContractTest::longer))),
                named(
                        "client",
                        pair -> with(pair, facts(pair, "other", pair.facts().scope()))),
                named("scope", pair -> with(pair, facts(pair, pair.facts().clientId(), "read"))),
                named("kinds swapped", pair -> tokens(pair, pair.refresh(), pair.access())),
                named("access alone", pair -> tokens(pair, pair.access(), Optional.empty())),
                named("refresh alone", pair -> tokens(pair, Optional.empty(), pair.refresh())),
                named("access as refresh", pair -> tokens(pair, Optional.empty(), pair.access())),
                named("other refresh", pair -> tokens(pair, pair.access(), another(pair.refresh()))),
                named(
                        "other access of another user",
                        pair -> with(tokens(pair, another(pair.access()), pair.refresh()), holder("corp", "joe2"))),
                named(
                        "other access of another client",
                        pair -> with(
                                tokens(pair, another(pair.access()), pair.refresh()),
                                facts(pair, "other", pair.facts().scope()))));
    }

    @ParameterizedTest
    @MethodSource("differences")
    void refusesAPairThatIsRegisteredOtherwise(UnaryOperator<Grant> difference) {
        Grant pair = Grants.pair(JOE);
        register(pair);
        Token access = find(accessId(pair));
        Token refresh = find(refreshId(pair));
        Grant other = difference.apply(pair);

        assertThat(get(store.register(other))).isEqualTo(new Registration(CONFLICT, other));

        assertThat(find(accessId(pair))).isEqualTo(access);
        assertThat(find(refreshId(pair))).isEqualTo(refresh);
    }

    @Test
    void refusesAPairOfALoneToken() {
        Grant lone = Grants.access(JOE);
        register(lone);
        Grant pair = tokens(lone, lone.access(), another(lone.access()));

        assertThat(register(pair)).isEqualTo(CONFLICT);

        assertThat(isLive(accessId(lone))).isTrue();
        assertThat(isKnown(refreshId(pair))).isFalse();
    }

    @Test
    void leavesTheNewHalfOfARefusedPairFree() {
        Grant lone = Grants.access(JOE);
        register(lone);
        Grant refused = tokens(lone, lone.access(), another(lone.access()));
        register(refused);

        Grant rightful = tokens(lone, another(lone.access()), refused.refresh());

        assertThat(register(rightful)).isEqualTo(CREATED);
        assertThat(isLive(refreshId(refused))).isTrue();
    }

    @Test
    void leavesTheNewHalfFreeIfTheOtherIsSomeoneElses() {
        Grant lone = Grants.access(holder("lab", "eve"));
        register(lone);
        Grant refused = tokens(Grants.pair(JOE), lone.access(), another(lone.access()));
        assertThat(register(refused)).isEqualTo(CONFLICT);

        Grant rightful = tokens(Grants.pair(JOE), another(lone.access()), refused.refresh());

        assertThat(register(rightful)).isEqualTo(CREATED);
    }

    private static Named<UnaryOperator<Grant>> named(String name, UnaryOperator<Grant> change) {
        return Named.of(name, change);
    }

    private static Grant with(Grant grant, UserInRealm holder) {
        return new Grant(holder, grant.access(), grant.refresh(), grant.facts());
    }

    private static Facts facts(Grant grant, String client, String scope) {
        return new Facts(client, scope, grant.facts().issuedAt());
    }

    private static Grant with(Grant grant, Facts facts) {
        return new Grant(grant.holder(), grant.access(), grant.refresh(), facts);
    }

    private static Grant tokens(Grant grant, Optional<Granted> access, Optional<Granted> refresh) {
        return new Grant(grant.holder(), access, refresh, grant.facts());
    }

    private static Granted longer(Granted token) {
        return new Granted(token.id(), token.expiresAt().plusSeconds(2));
    }

    private static Optional<Granted> another(Optional<Granted> like) {
        Instant expiry = like.orElseThrow().expiresAt();
        return Optional.of(new Granted(Grants.newId(), expiry));
    }
}
