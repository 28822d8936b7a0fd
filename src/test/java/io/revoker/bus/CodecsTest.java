package io.revoker.bus;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.revoker.bus.Verdicts.CheckOutcome;
import io.revoker.bus.json.JsonCodec;
import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.bus.sweeps.FoundSweeps;
import io.revoker.bus.sweeps.StopSweep;
import io.revoker.bus.sweeps.SweepStopped;
import io.revoker.domain.Credential;
import io.revoker.domain.Durability;
import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Revocation;
import io.revoker.domain.Selector;
import io.revoker.domain.Signature;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.TokenType;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.Verdict;
import io.revoker.domain.audit.Act;
import io.revoker.domain.audit.AuditRequests;
import io.revoker.domain.audit.Origin;
import io.revoker.domain.audit.Result;
import io.revoker.domain.followers.AwaitReceipt;
import io.revoker.domain.followers.FollowerId;
import io.revoker.domain.followers.FollowerRequests;
import io.revoker.domain.followers.KnownFollower;
import io.revoker.domain.followers.Receipt;
import io.revoker.domain.jwt.JwtVerifier.Finding;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.domain.statuslists.ListShape;
import io.revoker.domain.statuslists.StatusList;
import io.revoker.domain.statuslists.StatusListStore;
import io.revoker.domain.statuslists.StatusReference;
import io.revoker.domain.statuslists.StatusRequests;
import io.revoker.domain.statuslists.StatusSubject;
import io.revoker.domain.store.AnswerStore;
import io.revoker.domain.store.HeldGrants;
import io.revoker.domain.store.ListedGrants;
import io.revoker.domain.store.LockStore;
import io.revoker.domain.store.LogEvent;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.RevocationLog.Continuity;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.Notice;
import io.revoker.domain.streams.StreamEvent;
import io.revoker.domain.streams.StreamRequests;
import io.revoker.domain.streams.StreamStore;
import io.revoker.testing.Grants;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CodecsTest {
    private static final UserInRealm HOLDER = holder("größe/%{}", "jo \"e\" 👩‍👩‍👧‍👦 ");
    private static final Stamp STAMP = new Stamp(1_795_363_200_000_123L);

    static Stream<Target> targets() {
        return Stream.of(
                new Target.OneToken(TokenKind.ACCESS, Grants.newId()),
                new Target.OneToken(TokenKind.REFRESH, Grants.newId()),
                new Target.OneToken(TokenKind.REFRESH, Grants.newId(), Target.Extent.GRANT),
                new Target.OneJwt(HOLDER.realm(), Grants.newId(), Grants.now()),
                new Target.OneJwt(HOLDER.realm(), Grants.newId(), Grants.now(), Target.Extent.GRANT),
                new Target.OfRealm(HOLDER.realm()),
                new Target.OfUser(HOLDER.user()),
                new Target.OfUserInRealm(HOLDER),
                new Target.OfAll(),
                new Target.Selected(
                        new Target.OfUserInRealm(HOLDER), Selector.requested(Selector.By.CLIENT, "a \"client\" / %")),
                new Target.IssuedBefore(
                        new Target.Selected(
                                new Target.OfRealm(HOLDER.realm()), Selector.requested(Selector.By.SESSION, "s/1")),
                        Instant.EPOCH.plusNanos(1_795_359_400_123_456_789L)),
                new Target.IssuedBefore(new Target.OfAll(), Instant.ofEpochSecond(1_795_359_400L)));
    }

    private static final Optional<Revocation.Reason> REASON =
            Optional.of(new Revocation.Reason(Revocation.Reason.Code.POLICY, "weekly"));

    static Stream<Object> messages() {
        Grant grant = Grants.pair(HOLDER);
        Stream<Object> requests = targets()
                .flatMap(target -> Stream.of(
                        new Revoke(target, RealmScope.ALL),
                        new Revoke(target, RealmScope.only(Set.of(HOLDER.realm(), new RealmId("other")))),
                        new Revocation(STAMP, target)));
        Stream<Object> others = Stream.of(
                Grants.check(Grants.newId(), RealmScope.ALL),
                new Check("eyJhIjoxfQ.e30.c2ln", RealmScope.ALL, Check.Kinds.BOTH),
                Grants.check(Grants.newId(), RealmScope.only(Set.of())),
                new Revoke(new Target.OfRealm(HOLDER.realm()), RealmScope.ALL)
                        .ofJwt(new Target.OneJwt(HOLDER.realm(), Grants.newId(), Grants.now()), jwt()),
                new Revoke(new Target.OfRealm(HOLDER.realm()), RealmScope.ALL).because(REASON),
                new ReadLog(STAMP),
                new LogPage(
                        List.of(
                                new LogEvent.Revoked(new Revocation(
                                        STAMP,
                                        new Target.OneToken(TokenKind.ACCESS, Grants.newId()),
                                        REASON,
                                        Optional.empty(),
                                        Optional.of(new Revocation.Registered(
                                                HOLDER.realm(), Grants.now(), Optional.of(-7L))))),
                                new LogEvent.Unlocked(STAMP, new Target.OfRealm(HOLDER.realm())),
                                new LogEvent.Lost(STAMP)),
                        STAMP,
                        true,
                        Continuity.LOST),
                new Count(new Revoke(new Target.OfRealm(HOLDER.realm()), RealmScope.ALL), 7),
                new Revocation(STAMP, new Target.OfRealm(HOLDER.realm()), REASON),
                new Check("eyJhIjoxfQ.e30.c2ln", RealmScope.ALL, Check.Kinds.ACCESS, Finding.REFUSED),
                new Check("eyJhIjoxfQ.e30.c2ln", RealmScope.ALL, Check.Kinds.ACCESS, new Finding.Verified(jwt())),
                new CheckAll(List.of(
                        Grants.check(Grants.newId(), RealmScope.ALL),
                        Grants.check(Grants.newId(), RealmScope.only(Set.of(HOLDER.realm()))))),
                new Verdicts(List.of(
                        new CheckOutcome.Decided(Verdict.active(token(grant))),
                        new CheckOutcome.Decided(Verdict.UNKNOWN))),
                new Register(grant),
                new Register(Grants.access(HOLDER)),
                new Register(Grants.refresh(HOLDER)),
                new Register(bound()),
                new SweepStopped(STAMP),
                Report.NOT_FOUND,
                Report.of(STAMP, new Tally(Long.MAX_VALUE, 2), List.of()),
                Report.of(STAMP, Tally.NONE, List.of("one", "two"))
                        .confirmed(new Durability(Durability.Fsync.ALWAYS, 1)),
                Verdict.UNKNOWN,
                Verdict.INVALIDATED,
                Verdict.active(token(grant)));
        EventStream stream = new EventStream(
                "id",
                "gateway",
                new EventStream.Settings(
                        Optional.of(new EventStream.Endpoint("https://receiver.example/", Optional.of("encrypted"))),
                        List.of("urn:a"),
                        "text"),
                new EventStream.Condition(EventStream.Status.PAUSED, "why"));
        Notice notice = new Notice("id.v1", Notice.Matter.verification(Optional.of("")));
        Stream<Object> streams = Stream.of(
                new StreamRequests.Create(stream),
                new StreamRequests.Find(Optional.of("gateway"), Optional.empty()),
                new StreamRequests.Change(
                        "gateway", "id", Optional.of(stream.settings()), Optional.of(stream.condition())),
                new StreamRequests.Replace(
                        "id",
                        stream.settings().endpoint().orElseThrow(),
                        new EventStream.Endpoint("https://receiver.example/", Optional.of("encrypted anew"))),
                new StreamRequests.Replaced(true),
                new StreamRequests.Remove("gateway", "id"),
                new StreamRequests.Note(Optional.empty(), "id", notice, Duration.ofSeconds(1)),
                new StreamRequests.Read(
                        "gateway", "id", RealmScope.only(Set.of(HOLDER.realm())), 7, Set.of("id.1", "id.2")),
                new StreamRequests.Lease("id", "owner", Duration.ofSeconds(1)),
                new StreamRequests.Found(List.of(stream)),
                new StreamRequests.Noted(StreamStore.Noted.TOO_SOON),
                new StreamRequests.Leased(true),
                new StreamRequests.Attend("id", Optional.of(Duration.ofSeconds(1))),
                new StreamRequests.Attended(true),
                StreamRequests.Batch.UNKNOWN,
                new StreamRequests.Batch(
                        Optional.of(stream),
                        List.of(
                                StreamEvent.of(notice),
                                StreamEvent.of(new Notice("id.u1", Notice.Matter.updated(stream.condition()))),
                                StreamEvent.of(stream, new Revocation(STAMP, new Target.OfRealm(HOLDER.realm())))),
                        true));
        LockStore.Lock lock =
                new LockStore.Lock(new Target.OfRealm(HOLDER.realm()), Grants.now(), STAMP, "ops", Optional.empty());
        AnswerStore.Reserve reserve = AnswerStore.Reserve.shortly("ops", "key", "request");
        SweepStatus sweep = SweepStatus.begun(STAMP, new Target.OfUser(HOLDER.user()));
        Stream<Object> stored = Stream.of(
                new LockStore.Find(RealmScope.ALL),
                new LockStore.Remove(7, RealmScope.only(Set.of(HOLDER.realm()))),
                new LockStore.Found(List.of(lock)),
                reserve,
                new AnswerStore.Settle(reserve, Optional.of("{}")),
                new AnswerStore.Reserved(AnswerStore.State.ANSWERED, Optional.of("{}"), Optional.of(Grants.now())),
                new FindSweeps(Optional.of(STAMP), RealmScope.ALL),
                new StopSweep(STAMP, RealmScope.ALL),
                new FoundSweeps(List.of(sweep)),
                new FindGrants(HOLDER, "", RealmScope.ALL),
                new ListedGrants.Find(new Target.OfUser(HOLDER.user()), "1-2", RealmScope.ALL),
                new ListedGrants(
                        List.of(new ListedGrants.OfHolder(
                                HOLDER,
                                new HeldGrants.HeldGrant(
                                        7, Optional.empty(), STAMP, Map.of(TokenKind.ACCESS, Grants.now())))),
                        List.of("one"),
                        Optional.of("1-2")),
                new HeldGrants(
                        List.of(new HeldGrants.HeldGrant(
                                -7, Optional.of(grant.facts()), STAMP, Map.of(TokenKind.ACCESS, Grants.now()))),
                        List.of("one"),
                        Optional.of("1-2")));
        Stream<Object> registrations = Stream.of(Registration.Outcome.values())
                .map(outcome -> new Registration(outcome, grant, Set.of("scope")));
        return Stream.of(requests, others, streams, stored, followers(), statusLists(), audit(), registrations)
                .flatMap(all -> all);
    }

    private static Stream<Object> followers() {
        FollowerId id = new FollowerId("gateways", "gateway-1");
        Optional<Duration> bound = Optional.of(Duration.ofSeconds(5));
        return Stream.of(
                new FollowerRequests.Confirm(id, RealmScope.only(Set.of(HOLDER.realm())), STAMP, bound),
                new FollowerRequests.Confirmed(FollowerRequests.Outcome.TOO_NEW, STAMP, Grants.now()),
                new FollowerRequests.Remove(id),
                new FollowerRequests.Removed(true),
                new AwaitReceipt(STAMP, RealmScope.ALL, Duration.ofSeconds(2)),
                Receipt.unknown(STAMP),
                new Receipt(
                        STAMP,
                        Optional.of(Grants.now()),
                        List.of(new Receipt.Standing(id, KnownFollower.State.PARTIAL, false, Duration.ofMillis(12)))),
                new FollowerRequests.Find(Optional.empty()),
                new FollowerRequests.Found(
                        STAMP,
                        Grants.now(),
                        List.of(new KnownFollower(
                                id, RealmScope.ALL, STAMP, Optional.empty(), Grants.now(), Grants.now()))));
    }

    private static Stream<Object> audit() {
        Origin origin = new Origin("ops", "10.0.0.7", "POST /v1/revocations");
        Act act = new Act(
                Act.Kind.LOCK,
                origin,
                Optional.of(new Target.OfRealm(HOLDER.realm())),
                REASON,
                Optional.of(Grants.now()),
                "subject");
        Result result = Result.of(Result.State.REFUSED, "why")
                .counting(List.of(new Result.Count("times", 7)))
                .finding(new Target.OfRealm(HOLDER.realm()), STAMP);
        AuditRequests.Filter filter = new AuditRequests.Filter(
                Optional.of(HOLDER.realm()),
                Optional.of(HOLDER.user()),
                Optional.of("ops"),
                Optional.of("lock"),
                Optional.of("done"),
                Optional.of(Grants.now()),
                Optional.of(Grants.now()));
        AuditRequests.Link link = new AuditRequests.Link(7, "hash");
        return Stream.of(
                new Revoke(new Target.OfRealm(HOLDER.realm()), RealmScope.ALL).from(origin),
                new Register(Grants.access(HOLDER), Optional.of(origin)),
                new StopSweep(STAMP, RealmScope.ALL, Optional.of(origin)),
                new LockStore.Remove(7, RealmScope.ALL, Optional.of(origin)),
                Report.of(STAMP, Tally.NONE, List.of()).of(HOLDER),
                new AuditRequests.Find(
                        RealmScope.ALL, filter, AuditRequests.Order.OLDEST_FIRST, Optional.of("1-2.3"), 100),
                new AuditRequests.Page(List.of("{}"), Optional.of("1-2.3")),
                new AuditRequests.FindChains(),
                new AuditRequests.Chains(List.of(new AuditRequests.Chain(
                        "id", link, AuditRequests.Link.NONE, Grants.now(), Optional.of("jws")))),
                new AuditRequests.Note(act, result),
                new AuditRequests.Noted());
    }

    private static Stream<Object> statusLists() {
        StatusList list = new StatusList("W8kZq0h3T1ylx2v9BqT4rA", HOLDER.realm(), 1024, Grants.now());
        StatusReference place = new StatusReference(list.id(), 7);
        StatusSubject subject = new StatusSubject(
                HOLDER,
                StatusSubject.facts("web", "s/1", "key", Grants.now()),
                Optional.of(Grants.newId()),
                TokenKind.REFRESH,
                StatusSubject.Issuer.TRUSTED);
        StatusSubject unknown = new StatusSubject(
                new UserInRealm(HOLDER.realm(), StatusSubject.NO_USER),
                StatusSubject.facts("", "", "", Grants.now()),
                Optional.empty(),
                TokenKind.ACCESS,
                StatusSubject.Issuer.OTHER);
        ListShape shape = new ListShape(1024, 10, Duration.ofHours(1));
        StatusListStore.Reached reached = new StatusListStore.Reached(3, 7);
        return Stream.of(
                new StatusRequests.Allocate(
                        new StatusListStore.Wanted(subject, Optional.of(Grants.newId()), Grants.now(), 1, shape)),
                new StatusRequests.Allocate(
                        new StatusListStore.Wanted(unknown, Optional.empty(), Grants.now(), 100, shape)),
                new StatusRequests.Attach(place, Grants.newId(), subject, Grants.now()),
                new StatusRequests.Find(Optional.of(list.id()), RealmScope.ALL),
                new StatusRequests.Begin(HOLDER.realm()),
                new StatusRequests.Read(list, reached, List.of(1, 2)),
                new StatusRequests.Allocated(List.of(place)),
                new StatusRequests.Attached(StatusRequests.Attached.Outcome.REVOKED),
                new StatusRequests.Found(List.of(list)),
                new StatusRequests.Begun(STAMP, List.of(Long.MIN_VALUE, 7L)),
                new StatusRequests.Statuses(
                        List.of(new StatusRequests.Status(7, -1, 0, Long.MAX_VALUE, true)), reached));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void comesOutOfItsJsonFormAsItWentIn(Object message) {
        assertThat(throughTheWire(message)).isEqualTo(message);
    }

    @ParameterizedTest
    @EnumSource
    void carriesEveryKindOfProblem(Problem.Kind kind) {
        ProblemReply reply = new ProblemReply(new Problem(kind, "what: value", new Tally(3, 4)));

        ProblemReply received = throughTheWire(reply);

        assertThat(received.problem().kind()).isEqualTo(kind);
        assertThat(received.problem().text()).isEqualTo("what: value");
        assertThat(received.problem().done()).isEqualTo(new Tally(3, 4));
        assertThat(received.failureCode()).isEqualTo(reply.failureCode());
        assertThat(received.failureType()).isEqualTo(reply.failureType());
    }

    @Test
    void namesTheKindOfTargetInItsJsonForm() {
        assertThat(json(new Revocation(new Stamp(7), new Target.OfUser(new UserName("joe")))))
                .isEqualTo("{\"stamp\":{\"micros\":7},\"target\":{\"target\":\"user\",\"user\":{\"value\":\"joe\"}},"
                        + "\"reason\":null,\"lockedUntil\":null,\"registered\":null}");
    }

    @Test
    void tellsInTheJsonFormOfVerdictsWhichCouldNotBeDecided() {
        Verdicts verdicts = new Verdicts(List.of(
                new CheckOutcome.Decided(Verdict.UNKNOWN),
                new CheckOutcome.Undecided(Problem.unavailable("Redis: gone"))));

        assertThat(json(verdicts))
                .isEqualTo(
                        "{\"outcomes\":[{\"outcome\":\"decided\",\"verdict\":{\"status\":\"UNKNOWN\",\"token\":null}},"
                                + "{\"outcome\":\"undecided\",\"problem\":{\"kind\":\"UNAVAILABLE\",\"message\":\"Redis: gone\","
                                + "\"done\":{\"invalidated\":0,\"previouslyInvalidated\":0}}}]}");
        assertThat(json(throughTheWire(verdicts))).isEqualTo(json(verdicts));
    }

    @Test
    void askForOneCheckAtLeastAndABoundedNumberAtMost() {
        List<Check> most = Collections.nCopies(CheckAll.MAX, Grants.check(Grants.newId(), RealmScope.ALL));
        List<Check> more = Collections.nCopies(CheckAll.MAX + 1, most.get(0));

        assertThat(new CheckAll(most).checks()).hasSize(1000);
        for (List<Check> wrong : List.of(List.<Check>of(), more)) {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> new CheckAll(wrong))
                    .withMessage("checks: " + wrong.size() + " (expected: 1 to 1000)");
        }
    }

    @Test
    void ignoresFieldsThatALaterVersionAdds() {
        Check check = Grants.check(Grants.newId(), RealmScope.ALL);

        assertThat(decode(Check.class, json(check).replaceFirst("\\{", "{\"more\":1,")))
                .isEqualTo(check);
    }

    @Test
    void haveAnExampleHereOfEachMessage() {
        Set<Class<?>> examples = messages().map(Object::getClass).collect(Collectors.toSet());

        assertThat(Codecs.messages()).allMatch(examples::contains);
    }

    @Test
    void takesAGrantOfAnOlderVersionForOneOfWhichLessIsSaid() {
        Grant grant = Grants.access(HOLDER);
        String json = json(new Register(grant));
        String old = json.replaceFirst(",\"credential\":\\{[^}]*}", "");

        assertThat(old).isNotEqualTo(json);
        assertThat(decode(Register.class, old)).isEqualTo(new Register(grant));
    }

    @Test
    void takesAGrantOfAnOlderVersionForOneWithoutASession() {
        Grant grant = Grants.pair(HOLDER);
        String json = json(new Register(grant));
        String old = json.replaceFirst("\"session\":\"\",", "");

        assertThat(old).isNotEqualTo(json);
        assertThat(decode(Register.class, old)).isEqualTo(new Register(grant));
    }

    @Test
    void takesATargetOfAnOlderVersionForTheTokenAlone() {
        Revoke request = new Revoke(new Target.OneToken(TokenKind.REFRESH, Grants.newId()), RealmScope.ALL);
        String old = json(request).replaceFirst(",\"extent\":\"TOKEN\"", "");

        assertThat(old).doesNotContain("extent");
        assertThat(decode(Revoke.class, old)).isEqualTo(request);
    }

    @Test
    void takesATokenOfAnOlderVersionForOneWhosePartnerIsNotKnown() {
        Verdict verdict = Verdict.active(token(Grants.access(HOLDER)));
        String old = json(verdict).replaceFirst(",\"partner\":42", "");

        assertThat(old).doesNotContain("partner");
        assertThat(decode(Verdict.class, old).token().orElseThrow().partner()).isEmpty();
    }

    @Test
    void takesARegistrationOfAnOlderVersionForOneThatNamesNoField() {
        Registration registration = new Registration(Registration.Outcome.CONFLICT, Grants.access(HOLDER));
        String old = json(registration).replaceFirst(",\"fields\":\\[]", "");

        assertThat(old).doesNotContain("fields");
        assertThat(decode(Registration.class, old)).isEqualTo(registration);
    }

    @Test
    void takesAListOfGrantsOfAnOlderVersionForOneWithoutErrors() {
        HeldGrants page = new HeldGrants(List.of(), List.of(), Optional.of("1-2"));
        String old = json(page).replaceFirst(",\"errors\":\\[]", "");

        assertThat(old).doesNotContain("errors");
        assertThat(decode(HeldGrants.class, old)).isEqualTo(page);
    }

    @Test
    void refusesWhatIsNotTheJsonFormOfTheMessage() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> decode(Check.class, "{\"id\":"))
                .withMessage("Check: not its JSON form");
    }

    @Test
    void areRegisteredOncePerVertx() {
        Vertx vertx = Vertx.vertx();
        Codecs.register(vertx.eventBus());

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> Codecs.register(vertx.eventBus()));

        get(vertx.close());
    }

    private static Grant bound() {
        Grant grant = Grants.access(HOLDER);
        Credential credential = new Credential(TokenType.DPOP, "id", "k".repeat(43), "");
        return new Grant(
                HOLDER,
                grant.access(),
                grant.refresh(),
                new Grant.Facts("app", "read", grant.facts().issuedAt(), credential));
    }

    private static VerifiedJwt jwt() {
        return new VerifiedJwt(
                TokenId.of("eyJhIjoxfQ.e30.c2ln"),
                HOLDER,
                Optional.of(TokenId.ofJti(HOLDER.realm(), "7")),
                new Grant.Facts("client", "read", Grants.now()),
                Instant.parse("2026-11-29T18:00:00.000001Z"),
                Grants.now().plus(Grants.LIFE),
                VerifiedJwt.Demand.EITHER);
    }

    private static Token token(Grant grant) {
        return new Token(
                Grants.accessId(grant),
                Signature.ABSENT,
                TokenKind.ACCESS,
                HOLDER,
                grant.facts(),
                grant.lastExpiry(),
                Token.State.LIVE,
                STAMP,
                Optional.of(42L));
    }

    /** At some position of a buffer that goes on behind it, as the event bus has it. */
    private static <T> T throughTheWire(T message) {
        JsonCodec<T> codec = codec(message);
        Buffer buffer = Buffer.buffer("before");
        codec.encodeToWire(buffer, message);
        buffer.appendString("behind");
        return codec.decodeFromWire("before".length(), buffer);
    }

    private static String json(Object message) {
        Buffer buffer = Buffer.buffer();
        codec(message).encodeToWire(buffer, message);
        return buffer.getString(Integer.BYTES, buffer.length());
    }

    private static <T> T decode(Class<T> type, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new JsonCodec<>(type, Codecs.mapper())
                .decodeFromWire(0, Buffer.buffer().appendInt(bytes.length).appendBytes(bytes));
    }

    @SuppressWarnings("unchecked")
    private static <T> JsonCodec<T> codec(T message) {
        return new JsonCodec<>((Class<T>) message.getClass(), Codecs.mapper());
    }
}
