package io.revoker.revocation;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.selected;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Selector;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.Verdict;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.History;
import io.revoker.testing.Load;
import io.revoker.testing.Node;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Registrations, revocations and checks that run into one another, on two nodes of two event loops each over one Redis. */
@ParameterizedClass
@MethodSource("io.revoker.testing.RedisServers#all")
class RaceTest {
    private static final int REALMS = 2;
    private static final int USERS = 4;
    private static final int REVOCATIONS = 400;

    private final long seed = Long.getLong("revoker.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final History history = new History();
    private final List<Node> nodes;

    RaceTest(RedisServers.Server server) {
        String prefix = Backend.newPrefix();
        nodes = List.of(
                Node.onRedis(Tuning.DEFAULT, server.url(), prefix, 2),
                Node.onRedis(Tuning.DEFAULT, server.url(), prefix, 2));
    }

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
    }

    @Test
    void keepsItsPromisesWhileRealmsAreRevoked() {
        race(chance -> new Target.OfRealm(anyHolder(chance).realm()));
    }

    @Test
    void keepsItsPromisesWhileUsersAreRevoked() {
        race(chance -> new Target.OfUser(anyHolder(chance).user()));
    }

    @Test
    void keepsItsPromisesWhileUsersInRealmsAreRevoked() {
        race(chance -> new Target.OfUserInRealm(anyHolder(chance)));
    }

    @Test
    void keepsItsPromisesWhileSomeTokensAreSelected() {
        race(RaceTest::anySelection);
    }

    @Test
    void keepsItsPromisesWhileEverythingIsRevoked() {
        race(chance -> new Target.OfAll());
    }

    private static Target anySelection(Random chance) {
        Target base = chance.nextBoolean()
                ? new Target.OfRealm(anyHolder(chance).realm())
                : new Target.OfUserInRealm(anyHolder(chance));
        return selected(base, Selector.By.CLIENT, anyClient(chance));
    }

    @Test
    void keepsItsPromisesWhileRevocationsOfEveryKindOverlap() {
        race(chance -> switch (chance.nextInt(5)) {
            case 3 -> anySelection(chance);
            case 0 -> new Target.OfRealm(anyHolder(chance).realm());
            case 1 -> new Target.OfUser(anyHolder(chance).user());
            case 2 -> new Target.OfUserInRealm(anyHolder(chance));
            default -> history.anyTarget(chance).orElseGet(() -> new Target.OfUserInRealm(anyHolder(chance)));
        });
    }

    private void race(Function<Random, Target> target) {
        Future<?> registrations =
                Load.run(24, 1500, random, chance -> history.register(anyNode(chance), anyGrant(chance)));
        Future<?> revocations =
                Load.run(4, REVOCATIONS, random, chance -> history.revoke(anyNode(chance), target.apply(chance)));
        Future<?> checks = Load.run(8, 1500, random, this::checkAny);
        get(Future.all(registrations, revocations, checks));

        List<TokenId> tokens = history.tokens();
        assertThat(history.revocations()).isEqualTo(REVOCATIONS);
        Future<?> lastChecks = Future.all(
                tokens.stream().map(id -> history.check(anyNode(random), id)).toList());
        get(lastChecks);
        long active = tokens.stream().filter(this::isActive).count();
        String name = "seed " + seed;
        history.verifyRegistrations(name);
        history.verifyChecks(name);
        until("every sweep is counted", () -> invalidated() + active >= tokens.size());
        history.verifyCounts(name, invalidated(), active);
    }

    private long invalidated() {
        return nodes.stream().mapToLong(Node::invalidated).sum();
    }

    private boolean isActive(TokenId id) {
        return get(nodes.get(0).check(id)).status() == Verdict.Status.ACTIVE;
    }

    private Node anyNode(Random chance) {
        return nodes.get(chance.nextInt(nodes.size()));
    }

    private static UserInRealm anyHolder(Random chance) {
        return holder("realm" + chance.nextInt(REALMS), "user" + chance.nextInt(USERS));
    }

    private static Grant anyGrant(Random chance) {
        UserInRealm holder = anyHolder(chance);
        return Grants.ofClient(anyClient(chance), chance.nextInt(3) == 0 ? Grants.access(holder) : Grants.pair(holder));
    }

    private static String anyClient(Random chance) {
        return "client" + chance.nextInt(3);
    }

    private Future<?> checkAny(Random chance) {
        Node node = anyNode(chance);
        return history.any(chance)
                .<Future<?>>map(id -> history.check(node, id))
                .orElseGet(() -> node.check(Grants.newId()));
    }
}
