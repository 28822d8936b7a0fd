package io.revoker.bus;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Verdicts.CheckOutcome;
import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.Registration;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an application's verticle sees, in each of two Vert.x over one Redis. */
class ContractOverTheBusTest {
    private static final UserInRealm JOE = holder("corp", "joe");

    private final String prefix = Backend.newPrefix();
    private final String url = RedisServers.embedded().url();
    private final Node one = Node.onRedis(Tuning.DEFAULT, url, prefix, 2);
    private final Node other = Node.onRedis(Tuning.DEFAULT, url, prefix, 2);
    private final EventBus bus = one.vertx().eventBus();

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void answersTheMessagesOfAnyVerticle() {
        Grant grant = Grants.pair(JOE);
        Registration registered = ask(Registration.class, Addresses.REGISTER, new Register(grant));
        Verdict before = ask(Verdict.class, Addresses.CHECK, Grants.check(accessId(grant), RealmScope.ALL));
        Report report = ask(Report.class, Addresses.REVOKE, new Revoke(new Target.OfUser(JOE.user()), RealmScope.ALL));
        Verdict after = ask(Verdict.class, Addresses.CHECK, Grants.check(accessId(grant), RealmScope.ALL));

        assertThat(registered).isEqualTo(new Registration(Registration.Outcome.CREATED, grant));
        assertThat(before.status()).isEqualTo(Verdict.Status.ACTIVE);
        assertThat(before.token().orElseThrow().holder()).isEqualTo(JOE);
        assertThat(report.tally()).isEqualTo(new Tally(2, 0));
        assertThat(after).isEqualTo(Verdict.INVALIDATED);
    }

    @Test
    void answersManyChecksAtOnceInTheirOrder() {
        List<Grant> grants = IntStream.range(0, CheckAll.MAX / 2)
                .mapToObj(i -> Grants.pair(holder(i % 2 == 0 ? "corp" : "lab", "joe")))
                .toList();
        grants.forEach(grant -> get(one.register(grant)));
        get(one.revoke(new Target.OneToken(TokenKind.ACCESS, accessId(grants.get(0)))));
        RealmScope corp = RealmScope.only(Set.of(JOE.realm()));

        Verdicts verdicts = ask(
                Verdicts.class,
                Addresses.CHECK_ALL,
                new CheckAll(grants.stream()
                        .flatMap(grant -> Stream.of(
                                Grants.check(accessId(grant), corp), Grants.check(Grants.newId(), RealmScope.ALL)))
                        .toList()));

        for (int i = 0; i < grants.size(); i++) {
            Verdict.Status expected =
                    i == 0 ? Verdict.Status.INVALIDATED : i % 2 == 0 ? Verdict.Status.ACTIVE : Verdict.Status.UNKNOWN;
            assertThat(status(verdicts.outcomes().get(2 * i))).isEqualTo(expected);
            assertThat(status(verdicts.outcomes().get(2 * i + 1))).isEqualTo(Verdict.Status.UNKNOWN);
        }
    }

    @Test
    void servesAVerticleOnAnyEventLoop() {
        Grant grant = Grants.access(JOE);
        List<Asker> askers =
                IntStream.range(0, 4).mapToObj(i -> new Asker(grant)).toList();

        askers.forEach(asker -> get(one.vertx().deployVerticle(asker)));

        assertThat(askers)
                .allSatisfy(asker -> assertThat(asker.statuses)
                        .containsExactly(Verdict.Status.ACTIVE, Verdict.Status.ACTIVE, Verdict.Status.UNKNOWN));
    }

    @Test
    void refusesWhatLeavesTheRealmsOfTheCaller() {
        RealmScope lab = RealmScope.only(Set.of(new RealmId("lab")));
        Grant grant = Grants.access(JOE);
        get(one.register(grant));

        assertThat(Stream.of(
                                new Target.OfRealm(JOE.realm()),
                                new Target.OfUser(JOE.user()),
                                new Target.OfUserInRealm(JOE))
                        .map(target -> problem(one.revoke(target, lab)).kind()))
                .containsOnly(Problem.Kind.FORBIDDEN);
        assertThat(get(one.revoke(new Target.OneToken(TokenKind.ACCESS, accessId(grant)), lab)))
                .isEqualTo(Report.NOT_FOUND);
        assertThat(get(one.check(accessId(grant), lab))).isEqualTo(Verdict.UNKNOWN);
        assertThat(get(one.check(accessId(grant))).status()).isEqualTo(Verdict.Status.ACTIVE);
    }

    @Test
    void answersNotFoundForATokenOfTheOtherKind() {
        Grant grant = Grants.access(JOE);
        get(one.register(grant));

        assertThat(get(one.revoke(new Target.OneToken(TokenKind.REFRESH, accessId(grant)))))
                .isEqualTo(Report.NOT_FOUND);
        assertThat(get(one.revoke(new Target.OneToken(TokenKind.ACCESS, Grants.newId()))))
                .isEqualTo(Report.NOT_FOUND);
    }

    @Test
    void publishesEveryRevocationInTheOrderOfItsStampOnEveryNode() {
        List<Future<Report>> reports = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Grant grant = Grants.access(holder("realm" + i % 3, "user" + i % 5));
            get(one.register(grant));
            Node node = i % 2 == 0 ? one : other;
            reports.add(node.revoke(
                    switch (i % 4) {
                        case 0 -> new Target.OneToken(TokenKind.ACCESS, accessId(grant));
                        case 1 -> new Target.OfRealm(grant.holder().realm());
                        case 2 -> new Target.OfUser(grant.holder().user());
                        default -> new Target.OfUserInRealm(grant.holder());
                    }));
        }
        List<Stamp> stamps =
                reports.stream().map(report -> get(report).stamp()).sorted().toList();

        until("heard", () -> one.heard().size() >= 200 && other.heard().size() >= 200);

        assertThat(one.heard()).extracting(Revocation::stamp).isEqualTo(stamps);
        assertThat(other.heard()).isEqualTo(one.heard());
    }

    @Test
    void publishesNothingThatWasRefusedOrNotFound() {
        problem(one.revoke(new Target.OfUser(JOE.user()), RealmScope.only(Set.of())));
        get(one.revoke(new Target.OneToken(TokenKind.ACCESS, Grants.newId())));
        Stamp last = get(one.revoke(new Target.OfRealm(JOE.realm()))).stamp();

        until("heard", () -> !other.heard().isEmpty());

        assertThat(other.heard()).containsExactly(new Revocation(last, new Target.OfRealm(JOE.realm())));
    }

    @Test
    void failsWithAProblemIfNobodyListens() {
        Vertx empty = Vertx.vertx();
        Codecs.register(empty.eventBus());
        RevokerBus nobody = new RevokerBus(empty, Duration.ofSeconds(5));

        assertThat(problem(nobody.check(Grants.check(Grants.newId(), RealmScope.ALL)))
                        .kind())
                .isEqualTo(Problem.Kind.UNAVAILABLE);
        get(empty.close());
    }

    @Test
    void failsWithAProblemIfNoAnswerComesInTime() {
        Vertx silent = Vertx.vertx();
        Codecs.register(silent.eventBus());
        silent.eventBus().consumer(Addresses.CHECK, message -> {});
        RevokerBus impatient = new RevokerBus(silent, Duration.ofMillis(50));

        assertThat(problem(impatient.check(Grants.check(Grants.newId(), RealmScope.ALL)))
                        .kind())
                .isEqualTo(Problem.Kind.UNAVAILABLE);
        get(silent.close());
    }

    @Test
    void carriesTheKindAndTheTallyOfAProblem() {
        Vertx vertx = Vertx.vertx();
        Codecs.register(vertx.eventBus());
        get(vertx.deployVerticle(new Failing()));

        Problem problem = problem(new RevokerBus(vertx, Duration.ofSeconds(5))
                .revoke(new Revoke(new Target.OfRealm(JOE.realm()), RealmScope.ALL)));
        Problem fault = problem(
                new RevokerBus(vertx, Duration.ofSeconds(5)).check(Grants.check(Grants.newId(), RealmScope.ALL)));

        assertThat(problem.kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
        assertThat(problem.text()).isEqualTo("Redis: gone");
        assertThat(problem.done()).isEqualTo(new Tally(5, 6));
        assertThat(fault.kind()).isEqualTo(Problem.Kind.INTERNAL);
        get(vertx.close());
    }

    /** The caller need not wait for its time limit. */
    @Test
    void answersWhateverItsHandlerThrowsOrSays() {
        Vertx vertx = Vertx.vertx();
        Codecs.register(vertx.eventBus());
        get(vertx.deployVerticle(new Failing()));
        RevokerBus bus = new RevokerBus(vertx, Duration.ofDays(1));

        assertThat(problem(bus.register(new Register(Grants.access(JOE)))).text())
                .isEqualTo("NoClassDefFoundError");
        assertThat(problem(bus.findSweeps(new FindSweeps(Optional.empty(), RealmScope.ALL)))
                        .kind())
                .isEqualTo(Problem.Kind.INTERNAL);
        get(vertx.close());
    }

    private static Verdict.Status status(CheckOutcome outcome) {
        return outcome.match(decided -> decided.verdict().status(), undecided -> {
            throw new AssertionError(undecided.problem().text());
        });
    }

    private <T> T ask(Class<T> answer, String address, Object message) {
        return answer.cast(get(bus.request(address, message).map(Message::body)));
    }

    /** Serves with nothing but failures. */
    private static final class Failing extends VerticleBase {
        @Override
        public Future<?> start() {
            new BusEndpoint(vertx)
                    .<Revoke, Report>serve(
                            Addresses.REVOKE,
                            request -> Future.failedFuture(
                                    Problem.unavailable("Redis: gone").after(new Tally(5, 6))))
                    .<Check, Verdict>serve(Addresses.CHECK, request -> {
                        throw new IllegalStateException("a fault");
                    })
                    .<Register, Registration>serve(Addresses.REGISTER, request -> {
                        throw new NoClassDefFoundError("an error");
                    })
                    .<FindSweeps, Object>serve(Addresses.FIND_SWEEPS, request -> Future.succeededFuture(new Object()));
            return Future.succeededFuture();
        }
    }

    /** Registers, checks and checks another token, from its own event loop. */
    private static final class Asker extends VerticleBase {
        private final Grant grant;
        private final List<Verdict.Status> statuses = new ArrayList<>();

        Asker(Grant grant) {
            this.grant = grant;
        }

        @Override
        public Future<?> start() {
            RevokerBus bus = new RevokerBus(vertx, Duration.ofSeconds(5));
            return bus.register(new Register(grant))
                    .compose(done -> check(bus, accessId(grant)))
                    .compose(done -> check(bus, accessId(grant)))
                    .compose(done -> check(bus, Grants.newId()));
        }

        private Future<?> check(RevokerBus bus, TokenId id) {
            return bus.check(Grants.check(id, RealmScope.ALL)).onSuccess(verdict -> statuses.add(verdict.status()));
        }
    }
}
