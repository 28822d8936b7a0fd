package io.revoker.revocation;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Facts;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Selector;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.Verdict;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** One request after the other, to the service on Redis and to the same flows over the model: every answer must be the same. */
@ParameterizedClass
@MethodSource("io.revoker.testing.RedisServers#all")
class EquivalenceTest {
    private static final int STEPS = 2500;
    /** Tokens were issued within so many seconds before it began, or are while it runs. */
    private static final int SECONDS = 100;

    private final long seed = Long.getLong("revoker.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Instant began = Grants.now();
    private final List<Grant> grants = new ArrayList<>();
    private final Node redis;
    private final Node model = Node.onMemory();

    EquivalenceTest(RedisServers.Server server) {
        redis = Node.onRedis(Tuning.DEFAULT, server.url(), Backend.newPrefix(), 2);
    }

    @AfterEach
    void close() {
        redis.close();
        model.close();
    }

    @Test
    void answersAsTheModelDoes() {
        grants.add(Grants.pair(anyHolder()));
        for (int step = 0; step < STEPS; step++) {
            Function<Node, Future<?>> request = anyRequest();
            assertThat(answer(request, redis))
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(answer(request, model));
        }
    }

    private Function<Node, Future<?>> anyRequest() {
        RealmScope scope = random.nextInt(8) == 0 ? RealmScope.only(Set.of(anyRealm())) : RealmScope.ALL;
        Grant grant = grants.get(random.nextInt(grants.size()));
        Optional<TokenKind> kind = anyKind(grant);
        TokenId id = kind.map(there -> grant.get(there).orElseThrow().id()).orElseGet(Grants::newId);
        return switch (random.nextInt(25)) {
            case 0, 1, 2, 3, 4, 5 -> registering(newGrant());
            case 6 -> registering(grant);
            case 7 -> registering(otherwise(grant));
            case 8, 9, 10, 11 -> revoking(new Target.OneToken(kind.orElse(TokenKind.ACCESS), id, anyExtent()), scope);
            case 12 -> revoking(new Target.OneToken(TokenKind.REFRESH, id, anyExtent()), scope);
            case 13 -> revoking(new Target.OfRealm(anyRealm()), scope);
            case 14 -> revoking(new Target.OfUser(anyUser()), scope);
            case 15 -> revoking(new Target.OfUserInRealm(anyHolder()), scope);
            case 16 -> revoking(new Target.Selected(new Target.OfRealm(anyRealm()), anySelector()), scope);
            case 18 -> revoking(random.nextInt(4) == 0 ? new Target.OfAll() : new Target.OfUser(anyUser()), scope);
            case 17 -> revoking(new Target.Selected(new Target.OfUserInRealm(anyHolder()), anySelector()), scope);
            case 19 -> revoking(issuedBefore(new Target.OfRealm(anyRealm())), scope);
            case 20 -> revoking(issuedBefore(anyTarget()), scope);
            default -> node -> node.check(id, scope);
        };
    }

    private Target anyTarget() {
        return switch (random.nextInt(5)) {
            case 0 -> new Target.OfUser(anyUser());
            case 1 -> new Target.OfUserInRealm(anyHolder());
            case 2 -> new Target.Selected(new Target.OfRealm(anyRealm()), anySelector());
            case 3 -> new Target.Selected(new Target.OfUserInRealm(anyHolder()), anySelector());
            default -> random.nextInt(3) == 0 ? new Target.OfAll() : new Target.OfUser(anyUser());
        };
    }

    /** At most half of the tokens: such a revocation stays. */
    private Target issuedBefore(Target base) {
        return new Target.IssuedBefore(base, began.minusSeconds(SECONDS / 2 + random.nextInt(4 * SECONDS)));
    }

    private static Function<Node, Future<?>> registering(Grant grant) {
        return node -> node.register(grant);
    }

    private static Function<Node, Future<?>> revoking(Target target, RealmScope scope) {
        return node -> node.revoke(target, scope);
    }

    private Grant newGrant() {
        UserInRealm holder = anyHolder();
        Grant grant = switch (random.nextInt(4)) {
            case 0 -> Grants.access(holder);
            case 1 -> Grants.refresh(holder);
            default -> Grants.pair(holder);
        };
        Duration age = Duration.ofSeconds(random.nextInt(SECONDS));
        Grant ofAll = Grants.ofSession(anySession(), Grants.ofClient(anyClient(), grant));
        grants.add(Grants.earlier(age, random.nextBoolean() ? ofAll : signed(ofAll)));
        return grants.get(grants.size() - 1);
    }

    /** As if its access token were a JWT. */
    private Grant signed(Grant grant) {
        String key = "key/" + random.nextInt(3);
        return Grants.with(
                grant,
                facts -> new Facts(
                        facts.clientId(),
                        facts.scope(),
                        facts.session(),
                        facts.issuedAt(),
                        facts.credential().signedBy(key)));
    }

    private Selector anySelector() {
        return switch (random.nextInt(5)) {
            case 4 -> Selector.requested(Selector.By.KEY, "key/" + random.nextInt(3));
            case 0 -> Selector.of(random.nextBoolean() ? TokenKind.ACCESS : TokenKind.REFRESH);
            case 1 -> Selector.requested(Selector.By.CLIENT, anyClient());
            default -> Selector.requested(Selector.By.SESSION, "session" + random.nextInt(3));
        };
    }

    /** Many have none. */
    private String anySession() {
        return random.nextBoolean() ? "" : "session" + random.nextInt(3);
    }

    private String anyClient() {
        return "client/" + random.nextInt(3);
    }

    /** The grant with one thing changed, which may or may not be a conflict. */
    private Grant otherwise(Grant grant) {
        return switch (random.nextInt(5)) {
            case 0 -> grant.issuedAt(grant.facts().issuedAt().plusSeconds(random.nextInt(100)));
            case 1 -> new Grant(anyHolder(), grant.access(), grant.refresh(), grant.facts());
            case 2 -> new Grant(grant.holder(), grant.refresh(), grant.access(), grant.facts());
            case 3 ->
                new Grant(
                        grant.holder(),
                        grant.access(),
                        grant.refresh(),
                        new Facts("other", "", grant.facts().issuedAt()));
            default ->
                new Grant(
                        grant.holder(),
                        grant.access().or(() -> newGrant().access()),
                        Grants.refresh(grant.holder()).refresh(),
                        grant.facts());
        };
    }

    private Optional<TokenKind> anyKind(Grant grant) {
        TokenKind kind = random.nextBoolean() ? TokenKind.ACCESS : TokenKind.REFRESH;
        return Optional.of(kind).filter(there -> grant.get(there).isPresent());
    }

    private Target.Extent anyExtent() {
        return random.nextBoolean() ? Target.Extent.TOKEN : Target.Extent.GRANT;
    }

    private UserInRealm anyHolder() {
        return holder(anyRealm().value(), anyUser().value());
    }

    private RealmId anyRealm() {
        return new RealmId("realm/" + random.nextInt(4));
    }

    private UserName anyUser() {
        return new UserName("user%" + random.nextInt(6));
    }

    /** Without the stamps, which differ from run to run. */
    private static Object answer(Function<Node, Future<?>> request, Node node) {
        try {
            Object answer = get(request.apply(node));
            if (answer instanceof Report report) {
                return List.of(report.outcome(), report.tally(), report.errors());
            }
            if (answer instanceof Verdict verdict && verdict.token().isPresent()) {
                var token = verdict.token().get();
                return List.of(token.id(), token.kind(), token.holder(), token.facts(), token.expiresAt());
            }
            return answer;
        } catch (Problem problem) {
            return List.of(problem.kind(), problem.text());
        }
    }
}
