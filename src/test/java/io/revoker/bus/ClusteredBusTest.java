package io.revoker.bus;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Verdicts.CheckOutcome;
import io.revoker.bus.json.JsonCodec;
import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.revoker.testing.Api;
import io.revoker.testing.Grants;
import io.revoker.testing.Members;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances of one service, and an application that is no instance, on an event bus that spans them. */
class ClusteredBusTest {
    private static final Members MEMBERS = Members.of(4);
    private static final List<Revocation> HEARD = new CopyOnWriteArrayList<>();

    private static RunningService first;
    private static RunningService second;
    private static Vertx application;
    private static RevokerBus bus;

    private final UserInRealm holder = Grants.holder(Api.fresh("realm"), "joe");

    @BeforeAll
    static void join() {
        String prefix = Api.fresh("bus");
        first = service(0, prefix);
        second = service(1, prefix);
        application = MEMBERS.join(2);
        bus = new RevokerBus(application, Duration.ofSeconds(20));
        get(application
                .eventBus()
                .<Revocation>consumer(Addresses.REVOCATIONS, event -> HEARD.add(event.body()))
                .completion());
    }

    private static RunningService service(int member, String prefix) {
        return RunningService.on(
                RedisServers.embedded().url(),
                Stream.concat(MEMBERS.options(member).stream(), Stream.of("--redis.prefix=" + prefix))
                        .toArray(String[]::new));
    }

    @AfterAll
    static void leave() {
        get(application.close());
        second.close();
        first.close();
    }

    @Test
    void takesTheRequestsOfAnotherJvmAndCountsExactly() {
        Grant grant = Grants.pair(holder);
        get(bus.register(new Register(grant)));
        assertThat(check(grant).status()).isEqualTo(Verdict.Status.ACTIVE);

        Target target = new Target.OfUserInRealm(holder);
        Report report = get(bus.revoke(new Revoke(target, RealmScope.ALL)));
        Report again = get(bus.revoke(new Revoke(target, RealmScope.ALL)));

        assertThat(report.tally()).isEqualTo(new Tally(2, 0));
        assertThat(again.tally().invalidated()).isZero();
        assertThat(check(grant).status()).isEqualTo(Verdict.Status.INVALIDATED);
    }

    @Test
    void tellsItOfEachRevocationOnceFromEachInstance() {
        Target target = new Target.OfRealm(holder.realm());
        Stamp before = get(bus.revoke(new Revoke(target, RealmScope.ALL))).stamp();
        Stamp stamp = get(bus.revoke(new Revoke(target, RealmScope.ALL))).stamp();

        until("heard from both", () -> heard(stamp).size() >= 2);

        assertThat(heard(stamp)).allSatisfy(event -> assertThat(event.target()).isEqualTo(target));
        LogPage missed = get(bus.readLog(new ReadLog(before)));
        assertThat(missed.revocations()).extracting(Revocation::stamp).containsExactly(stamp);
    }

    @Test
    void tellsItWhatIsWrongWithARequest() {
        Problem refused =
                problem(bus.revoke(new Revoke(new Target.OfRealm(holder.realm()), RealmScope.only(Set.of()))));

        assertThat(refused.kind()).isEqualTo(Problem.Kind.FORBIDDEN);
    }

    @Test
    void answersItsOwnRequestsByItself() {
        application
                .eventBus()
                .<CheckAll>consumer(
                        Addresses.CHECK_ALL,
                        request -> request.reply(new Verdicts(request.body().checks().stream()
                                .<CheckOutcome>map(check -> new CheckOutcome.Decided(Verdict.INVALIDATED))
                                .toList())))
                .completion()
                .onComplete(registered -> {});
        String token = Api.fresh("token");
        first.call("POST", "/v1/tokens")
                .json("{\"realm_name\":\"" + holder.realm() + "\",\"username\":\"joe\",\"access_token\":\"" + token
                        + "\"}")
                .send();

        for (RunningService instance : List.of(first, second)) {
            for (int i = 0; i < 20; i++) {
                assertThat(instance.call("GET", "/v1/check")
                                .bearer(token)
                                .send()
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    /** Such as one of a later version, whose form has changed. */
    @Test
    void refusesAMessageThatItCantRead() {
        Vertx other = MEMBERS.joinWithoutCodecs(3);
        try {
            other.eventBus()
                    .registerDefaultCodec(ProblemReply.class, new JsonCodec<>(ProblemReply.class, Codecs.mapper()));
            other.eventBus().registerCodec(new OtherForm());
            for (String body : List.of("{\"target\":7}", "null", "")) {
                Throwable failure = get(other.eventBus()
                        .request(Addresses.REVOKE, body, new DeliveryOptions().setCodecName(Revoke.class.getName()))
                        .<Throwable>map(reply -> new AssertionError("answered"))
                        .recover(Future::succeededFuture));
                assertThat(failure).isInstanceOfSatisfying(ProblemReply.class, ClusteredBusTest::isInvalid);
            }
            Throwable failure = get(other.eventBus()
                    .request(Addresses.REVOKE, "text")
                    .<Throwable>map(reply -> new AssertionError("answered"))
                    .recover(Future::succeededFuture));
            assertThat(failure).isInstanceOfSatisfying(ProblemReply.class, ClusteredBusTest::isInvalid);
        } finally {
            get(other.close());
        }
        takesTheRequestsOfAnotherJvmAndCountsExactly();
    }

    private static void isInvalid(ProblemReply reply) {
        assertThat(reply.problem().kind()).isEqualTo(Problem.Kind.INVALID);
    }

    private static Verdict check(Grant grant) {
        return get(bus.check(Grants.check(Grants.accessId(grant), RealmScope.ALL)));
    }

    private static List<Revocation> heard(Stamp stamp) {
        return HEARD.stream().filter(event -> event.stamp().equals(stamp)).toList();
    }

    /** Has the name of a codec, and writes whatever it is given. */
    private record OtherForm() implements MessageCodec<String, String> {
        @Override
        public void encodeToWire(Buffer buffer, String text) {
            Buffer bytes = Buffer.buffer(text);
            buffer.appendInt(bytes.length()).appendBuffer(bytes);
        }

        @Override
        public String decodeFromWire(int position, Buffer buffer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String transform(String text) {
            return text;
        }

        @Override
        public String name() {
            return Revoke.class.getName();
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
