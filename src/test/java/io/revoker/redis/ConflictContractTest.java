package io.revoker.redis;

import static io.revoker.domain.store.Registration.Outcome.CONFLICT;
import static io.revoker.domain.store.Registration.Outcome.CREATED;
import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Facts;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Token;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Registration;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConflictContractTest extends StoreContract {
    private static final UserInRealm JOE = holder("corp", "joe");

    ConflictContractTest(Backend backend) {
        super(backend);
    }

    /** One thing of a pair that a second registration says otherwise, and the fields that say so. */
    static Stream<Arguments> differences() {
        return Stream.of(
                row(pair -> with(pair, holder("lab", "joe")), "realm_name"),
                row(pair -> with(pair, holder("corp", "joe2")), "username"),
                row(
                        pair -> tokens(pair, pair.access().map(ConflictContractTest::longer), pair.refresh()),
                        "expires_in"),
                row(
                        pair -> tokens(pair, pair.access(), pair.refresh().map(ConflictContractTest::longer)),
                        "refresh_expires_in"),
                row(pair -> with(pair, facts(pair, "other", pair.facts().scope())), "client_id"),
                row(pair -> with(pair, facts(pair, pair.facts().clientId(), "read")), "scope"),
                row(pair -> tokens(pair, pair.refresh(), pair.access()), "access_token", "refresh_token"),
                row(pair -> tokens(pair, pair.access(), Optional.empty()), "refresh_token"),
                row(pair -> tokens(pair, Optional.empty(), pair.refresh()), "access_token"),
                row(pair -> tokens(pair, Optional.empty(), pair.access()), "refresh_token"),
                row(pair -> tokens(pair, pair.access(), another(pair.refresh())), "refresh_token"),
                row(
                        pair -> with(tokens(pair, another(pair.access()), pair.refresh()), holder("corp", "joe2")),
                        "username"),
                row(
                        pair -> with(
                                tokens(pair, another(pair.access()), pair.refresh()),
                                facts(pair, "other", pair.facts().scope())),
                        "client_id"));
    }

    @ParameterizedTest
    @MethodSource("differences")
    void refusesAPairThatIsRegisteredOtherwise(UnaryOperator<Grant> difference, Set<String> fields) {
        Grant pair = Grants.pair(JOE);
        register(pair);
        Token access = find(accessId(pair));
        Token refresh = find(refreshId(pair));
        Grant other = difference.apply(pair);

        assertThat(get(store.register(other))).isEqualTo(new Registration(CONFLICT, other, fields));

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

    private static Arguments row(UnaryOperator<Grant> change, String... fields) {
        return Arguments.of(Named.of(String.join(", ", fields), change), Set.of(fields));
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
