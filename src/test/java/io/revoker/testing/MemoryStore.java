package io.revoker.testing;

import io.revoker.domain.Durability;
import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.RealmId;
import io.revoker.domain.Revocation;
import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.AnswerStore;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.Cover;
import io.revoker.domain.store.HeldGrants.HeldGrant;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.JwtStore;
import io.revoker.domain.store.ListedGrants;
import io.revoker.domain.store.ListedGrants.OfHolder;
import io.revoker.domain.store.LogEvent;
import io.revoker.domain.store.Mark;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.MarkStore.MarkSlice;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.SweepLedger;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.Traits;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The model that the store in Redis is measured against: plain collections, one step at a time, nothing clever. */
public final class MemoryStore implements TokenStore, RevocationLog, MarkStore, SweepLedger, Marks, AnswerStore {

    /** A grant and which of its tokens are live. */
    private record Held(Grant grant, Stamp birth, Map<TokenKind, Token.State> states) {
        static Held of(Grant grant, Stamp birth) {
            Map<TokenKind, Token.State> states = new EnumMap<>(TokenKind.class);
            for (TokenKind kind : TokenKind.values()) {
                grant.get(kind).ifPresent(token -> states.put(kind, Token.State.LIVE));
            }
            return new Held(grant, birth, states);
        }

        boolean has(TokenKind kind, TokenId id) {
            return grant.get(kind).filter(token -> token.id().equals(id)).isPresent();
        }

        boolean isLive(TokenKind kind, Instant now) {
            return states.get(kind) == Token.State.LIVE && isUnexpired(kind, now);
        }

        boolean isUnexpired(TokenKind kind, Instant now) {
            return grant.get(kind)
                    .filter(token -> token.expiresAt().isAfter(now))
                    .isPresent();
        }

        boolean isLive(Instant now) {
            return isLive(TokenKind.ACCESS, now) || isLive(TokenKind.REFRESH, now);
        }

        int count(Predicate<TokenKind> which) {
            return (int) Stream.of(TokenKind.values()).filter(which).count();
        }
    }

    private static final int PAGE = 500;
    private static final int EVENTS = 1000;

    private final InstantSource time;
    private final List<Held> grants = new ArrayList<>();
    private final List<Revocation> revocations = new ArrayList<>();
    private final Map<Target, Stamp> marks = new HashMap<>();
    private final Map<MarkId, Stamp> swept = new HashMap<>();
    private final Map<Stamp, Tally> totals = new HashMap<>();
    private final Map<Stamp, SweepStatus> sweeps = new TreeMap<>();
    private final JwtStore tombstones = new Tombstones();
    private Stamp clock = Stamp.NONE;
    private Stamp lastMark = Stamp.NONE;

    public MemoryStore(InstantSource time) {
        this.time = time;
    }

    @Override
    public synchronized Future<Registration> register(Grant grant) {
        Instant now = time.instant();
        List<Held> before = Stream.of(TokenKind.values())
                .flatMap(kind -> grant.get(kind).stream())
                .flatMap(token -> holding(token.id(), now).stream())
                .distinct()
                .toList();
        if (before.isEmpty()) {
            if (isTooOld(grant)) {
                return Future.succeededFuture(Registration.issuedTooEarly(grant));
            }
            Stream<Grant> added = isItsPlaceTaken(grant, now) ? oneByOne(grant) : Stream.of(grant);
            added.map(one -> Held.of(one, lastMark)).forEach(held -> {
                tooOld(held).forEach(kind -> held.states().put(kind, Token.State.INVALIDATED));
                grants.add(held);
            });
            return Future.succeededFuture(new Registration(Outcome.CREATED, grant));
        }
        Held held = before.get(0);
        if (before.size() > 1 || !sameGrant(held.grant(), grant) || hasEndedOneOf(grant, held, now)) {
            return rotated(grant, now, before);
        }
        if (isTooOld(held.grant())) {
            return Future.succeededFuture(Registration.issuedTooEarly(held.grant()));
        }
        List<TokenKind> counting = Stream.of(TokenKind.values())
                .filter(kind -> held.isUnexpired(kind, now) && !tooOld(held).contains(kind))
                .toList();
        boolean live = !counting.isEmpty()
                && counting.stream()
                        .allMatch(kind -> held.isLive(kind, now) && !isCovered(traits(held.grant(), kind), held));
        return Future.succeededFuture(new Registration(live ? Outcome.UNCHANGED : Outcome.INVALIDATED, held.grant()));
    }

    private boolean isTooOld(Grant grant) {
        Held held = Held.of(grant, Stamp.NONE);
        return tooOld(held).equals(held.states().keySet());
    }

    /** The tokens that are dead because of when they were issued. */
    private Set<TokenKind> tooOld(Held held) {
        return held.states().keySet().stream()
                .filter(kind -> coverOf(traits(held.grant(), kind))
                        .isTooOld(held.grant().facts().issuedAt()))
                .collect(Collectors.toSet());
    }

    private boolean isCovered(Traits token, Held held) {
        return coverOf(token).kills(held.birth(), held.grant().facts().issuedAt());
    }

    private static boolean hasEndedOneOf(Grant grant, Held held, Instant now) {
        return Stream.of(TokenKind.values())
                .anyMatch(kind -> !held.isUnexpired(kind, now)
                        && grant.get(kind)
                                .filter(token -> token.expiresAt().isAfter(now))
                                .isPresent());
    }

    /** A pair whose access token has expired has the name of that one until its refresh token expires. */
    private boolean isItsPlaceTaken(Grant grant, Instant now) {
        return grants.stream()
                .anyMatch(held -> held.grant().holder().equals(grant.holder())
                        && held.grant().first().id().equals(grant.first().id())
                        && held.grant().lastExpiry().isAfter(now));
    }

    private static Stream<Grant> oneByOne(Grant grant) {
        return Stream.of(TokenKind.values())
                .filter(kind -> grant.get(kind).isPresent())
                .map(kind -> lone(grant, kind));
    }

    private static Grant lone(Grant grant, TokenKind kind) {
        return kind == TokenKind.ACCESS
                ? new Grant(grant.holder(), grant.access(), Optional.empty(), grant.facts())
                : new Grant(grant.holder(), Optional.empty(), grant.refresh(), grant.facts());
    }

    /** A refresh token that is registered anew, because it has expired before the access token that it was with. */
    private Optional<Future<Registration>> renewed(Grant grant, Instant now) {
        if (grant.access().isEmpty() || grant.refresh().isEmpty()) {
            return Optional.empty();
        }
        return holding(grant.first().id(), now)
                .filter(held -> held.grant().access().isPresent()
                        && expiry(held.grant(), grant.refresh().get().id()).isPresent()
                        && !held.isUnexpired(TokenKind.REFRESH, now)
                        && sameGrant(lone(held.grant(), TokenKind.ACCESS), lone(grant, TokenKind.ACCESS)))
                .map(held -> renewed(grant, held, now));
    }

    private Future<Registration> renewed(Grant grant, Held held, Instant now) {
        if (!held.isLive(TokenKind.ACCESS, now) || isCovered(traits(grant, TokenKind.ACCESS), held)) {
            return Future.succeededFuture(
                    new Registration(Outcome.INVALIDATED, with(held.grant(), grant), Set.of("access_token")));
        }
        return register(lone(grant, TokenKind.REFRESH))
                .map(done -> new Registration(
                        done.outcome(),
                        new Grant(
                                grant.holder(),
                                held.grant().access(),
                                done.grant().refresh(),
                                done.grant().facts()),
                        dead(done, "refresh_token")));
    }

    /** A new access token beside a refresh token that stays is a grant of its own. */
    private Future<Registration> rotated(Grant grant, Instant now, List<Held> before) {
        Optional<Future<Registration>> renewed = renewed(grant, now);
        if (renewed.isPresent()) {
            return renewed.get();
        }
        Optional<Held> stays = grant.access()
                .flatMap(access -> grant.refresh())
                .flatMap(refresh -> holding(refresh.id(), now))
                .filter(held -> held.grant().holder().equals(grant.holder())
                        && held.grant().facts().clientId().equals(grant.facts().clientId())
                        && List.of("", grant.facts().session())
                                .contains(held.grant().facts().session())
                        && held.grant()
                                .refresh()
                                .map(Granted::id)
                                .equals(grant.refresh().map(Granted::id)));
        Set<String> differing =
                GrantDifferences.of(grant, before.stream().map(Held::grant).toList());
        if (stays.isEmpty()) {
            return Future.succeededFuture(Registration.conflict(grant, differing));
        }
        Grant lone = new Grant(grant.holder(), grant.access(), Optional.empty(), grant.facts());
        if (!stays.get().isLive(TokenKind.REFRESH, now) || isCovered(traits(grant, TokenKind.REFRESH), stays.get())) {
            return Future.succeededFuture(new Registration(
                    Outcome.INVALIDATED, with(grant, stays.get().grant()), Set.of("refresh_token")));
        }
        return register(lone)
                .map(done -> done.outcome() == Outcome.CONFLICT
                        ? Registration.conflict(grant, GrantDifferences.inBoth(differing, done.fields()))
                        : new Registration(
                                done.outcome(), with(done.grant(), stays.get().grant()), dead(done, "access_token")));
    }

    private static Set<String> dead(Registration done, String token) {
        return done.outcome() == Outcome.INVALIDATED && done.fields().isEmpty() ? Set.of(token) : done.fields();
    }

    private static Traits traits(Grant grant, TokenKind kind) {
        return new Traits(grant.holder(), grant.facts(), Set.of(kind));
    }

    private static Grant with(Grant access, Grant refresh) {
        return new Grant(access.holder(), access.access(), refresh.refresh(), access.facts());
    }

    private static boolean sameGrant(Grant held, Grant repeated) {
        Instant issuedAt = held.facts().issuedAt();
        Grant moved = repeated.issuedAt(issuedAt);
        return held.equals(moved)
                || held.equals(repeated.issuedAt(issuedAt, id -> sameExpiry(held, repeated, moved, id)));
    }

    /** That of the token as it is held, if the other one is the same by its lifetime or within a second. */
    private static Instant sameExpiry(Grant known, Grant repeated, Grant moved, TokenId id) {
        Optional<Instant> standing = expiry(known, id);
        boolean same = standing.equals(expiry(moved, id))
                || standing.filter(held ->
                                isWithinASecond(held, expiry(repeated, id).orElseThrow()))
                        .isPresent();
        return same ? standing.get() : Instant.EPOCH;
    }

    private static boolean isWithinASecond(Instant one, Instant other) {
        return Math.abs(one.getEpochSecond() - other.getEpochSecond()) <= 1;
    }

    private static Optional<Instant> expiry(Grant grant, TokenId id) {
        return Stream.concat(grant.access().stream(), grant.refresh().stream())
                .filter(token -> token.id().equals(id))
                .map(Granted::expiresAt)
                .findFirst();
    }

    @Override
    public synchronized Future<Optional<Token>> find(TokenId id) {
        return Future.succeededFuture(holding(id, time.instant()).map(held -> token(held, id)));
    }

    @Override
    public synchronized Future<Tally> invalidate(Token token, Target.Extent extent) {
        Instant now = time.instant();
        return Future.succeededFuture(holding(token.id(), now)
                .map(found -> invalidated(found, token.kind(), now)
                        .plus(
                                extent == Target.Extent.GRANT
                                        ? invalidated(found, token.kind().other(), now)
                                        : Tally.NONE))
                .orElse(Tally.NONE));
    }

    private static Tally invalidated(Held held, TokenKind kind, Instant now) {
        if (!held.isUnexpired(kind, now)) {
            return Tally.NONE;
        }
        return held.states().put(kind, Token.State.INVALIDATED) == Token.State.LIVE
                ? Tally.ONE_INVALIDATED
                : Tally.ONE_PREVIOUSLY;
    }

    /** The first holder of the next page. */
    private record Place(int index) implements Cursor {}

    @Override
    public synchronized Future<Boolean> hasAny(List<Holding> holdings) {
        Instant now = time.instant();
        return Future.succeededFuture(grants.stream()
                .map(Held::grant)
                .anyMatch(grant -> holdings.contains(Holding.of(grant.holder()))
                        && grant.lastExpiry().isAfter(now)));
    }

    @Override
    public synchronized Future<Optional<Pair>> pair(Token token) {
        Instant now = time.instant();
        return Future.succeededFuture(holding(token.id(), now)
                .map(held -> new Pair(
                        token.holder(),
                        held.grant().facts(),
                        held.birth(),
                        held.states().keySet().stream()
                                .filter(kind -> held.isUnexpired(kind, now))
                                .collect(Collectors.toMap(
                                        kind -> kind, kind -> held.states().get(kind))))));
    }

    @Override
    public synchronized Future<ListedGrants> grants(Holding holding, String from) {
        Instant now = time.instant();
        UserInRealm holder = holding.holder().orElseThrow();
        return Future.succeededFuture(new ListedGrants(
                grants.stream()
                        .filter(held -> held.grant().holder().equals(holder) && held.isLive(now))
                        .map(held -> new HeldGrant(
                                held.grant().first().id().firstBits(),
                                Optional.of(held.grant().facts()),
                                held.birth(),
                                Stream.of(TokenKind.values())
                                        .filter(kind -> held.isLive(kind, now))
                                        .collect(Collectors.toMap(
                                                kind -> kind,
                                                kind -> held.grant()
                                                        .get(kind)
                                                        .orElseThrow()
                                                        .expiresAt()))))
                        .map(held -> new OfHolder(holder, held))
                        .toList(),
                List.of(),
                Optional.empty()));
    }

    @Override
    public synchronized Future<Counted> count(Holding holding, String from, Choice choice) {
        Instant now = time.instant();
        UserInRealm holder = holding.holder().orElseThrow();
        return Future.succeededFuture(new Counted(
                grants.stream()
                        .filter(held -> held.grant().holder().equals(holder) && choice.selects(Traits.of(held.grant())))
                        .map(held -> new OfGrant(
                                holder,
                                held.grant().first().id().firstBits(),
                                held.birth(),
                                held.count(kind -> choice.includes(kind) && held.isLive(kind, now)),
                                held.count(kind -> choice.includes(kind)
                                        && held.isUnexpired(kind, now)
                                        && !held.isLive(kind, now))))
                        .filter(counted -> counted.live() + counted.dead() > 0)
                        .toList(),
                List.of(),
                Optional.empty()));
    }

    @Override
    public synchronized Future<Page> page(Target target, Cursor cursor) {
        List<Holding> covered = covered(target);
        int from = cursor instanceof Place place ? place.index() : 0;
        int to = Math.min(from + PAGE, covered.size());
        Optional<Cursor> next = to < covered.size() ? Optional.of(new Place(to)) : Optional.empty();
        return Future.succeededFuture(new Page(covered.subList(from, to), next));
    }

    @Override
    public synchronized Future<Holding.Listing> holdings(Target target, String after) {
        int from = after.isEmpty() ? 0 : Integer.parseInt(after);
        List<Holding> covered = covered(target);
        int to = Math.min(from + PAGE, covered.size());
        List<Holding.Listed> listed = IntStream.range(from, to)
                .mapToObj(i -> new Holding.Listed(covered.get(i), Integer.toString(i + 1)))
                .toList();
        return Future.succeededFuture(new Holding.Listing(
                listed, to < covered.size() ? Optional.of(Integer.toString(to)) : Optional.empty()));
    }

    private List<Holding> covered(Target target) {
        return grants.stream()
                .map(held -> held.grant().holder())
                .filter(holder -> covers(target, holder))
                .distinct()
                .map(Holding::of)
                .toList();
    }

    @Override
    public synchronized Future<Long> size(Target target) {
        return Future.succeededFuture((long) covered(target).size());
    }

    @Override
    public synchronized Future<Map<String, Tally>> totals(Target target, Stamp sweep) {
        return Future.succeededFuture(totals.containsKey(sweep) ? Map.of("all", totals.get(sweep)) : Map.of());
    }

    @Override
    public synchronized Future<Swept> sweep(Target target, List<Piece> pieces, Pass pass) {
        Tally total = pieces.stream()
                .map(piece -> sweep(target, piece.holding().holder().orElseThrow(), pass))
                .reduce(totals.getOrDefault(pass.before(), Tally.NONE), Tally::plus);
        totals.put(pass.before(), total);
        return Future.succeededFuture(new Swept(Map.of("all", total), List.of(), List.of()));
    }

    /** Nothing is lost here. */
    @Override
    public long incarnation() {
        return 0;
    }

    @Override
    public String part(UserInRealm holder) {
        return "all";
    }

    @Override
    public JwtStore jwts() {
        return tombstones;
    }

    @Override
    public boolean remembersAny(RealmId realm, Collection<TokenId> ids) {
        return false;
    }

    @Override
    public boolean hasAllUpTo(Stamp last) {
        return true;
    }

    private final class Tombstones implements JwtStore {
        private final Map<TokenId, Instant> until = new HashMap<>();

        @Override
        public Future<Boolean> isRevoked(RealmId realm, Collection<TokenId> ids) {
            return Future.succeededFuture(
                    ids.stream().map(id -> id.inRealm(realm)).anyMatch(this::has));
        }

        @Override
        public Future<Tally> revoke(RealmId realm, TokenId id, Instant end) {
            if (!end.isAfter(time.instant())) {
                return Future.succeededFuture(Tally.NONE);
            }
            TokenId stored = id.inRealm(realm);
            boolean before = has(stored);
            until.putIfAbsent(stored, end);
            return Future.succeededFuture(before ? Tally.ONE_PREVIOUSLY : Tally.ONE_INVALIDATED);
        }

        private boolean has(TokenId id) {
            return until.getOrDefault(id, Instant.MIN).isAfter(time.instant());
        }

        @Override
        public String part(RealmId realm, TokenId id) {
            return "all";
        }

        @Override
        public Future<Stamp> newestMark() {
            return Future.succeededFuture(lastMark);
        }

        @Override
        public Future<Cover> coverOf(Traits token) {
            return Future.succeededFuture(MemoryStore.this.coverOf(token));
        }
    }

    @Override
    public synchronized Future<Void> forget(Set<String> parts, Stamp sweep) {
        totals.remove(sweep);
        return Future.succeededFuture();
    }

    @Override
    public Writing begin() {
        return new Writing() {
            @Override
            public Future<Durability> confirm() {
                return Future.succeededFuture(Durability.NOTHING);
            }

            @Override
            public Future<Durability> confirm(Set<String> parts) {
                return confirm();
            }
        };
    }

    @Override
    public synchronized Future<Stamp> append(Target target, Optional<Reason> reason) {
        Instant now = time.instant();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        clock = new Stamp(Math.max(micros, clock.micros() + 1));
        revocations.add(new Revocation(clock, target, reason));
        if (target.raisesMark()) {
            marks.put(target, clock);
            sweeps.put(clock, SweepStatus.begun(clock, target));
            lastMark = clock;
        }
        return Future.succeededFuture(clock);
    }

    /** Of what begins at once nothing is joined. */
    @Override
    public Future<Entered> enter(Target target, Order order) {
        return append(target, order.reason()).map(stamp -> new Entered(SweepStatus.begun(stamp, target), List.of()));
    }

    /** Answers are kept in Redis only. */
    @Override
    public Future<Reserved> reserve(Reserve request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Reserved> settle(Settle request) {
        throw new UnsupportedOperationException();
    }

    /** A model has no other instance to leave a sweep to. */
    @Override
    public Future<Optional<SweepStatus>> claim() {
        return Future.succeededFuture(Optional.empty());
    }

    @Override
    public synchronized Future<Boolean> renew(SweepStatus status) {
        boolean running = isRunning(status.sweep());
        if (running) {
            sweeps.put(status.sweep(), status);
        }
        return Future.succeededFuture(running);
    }

    @Override
    public Future<Void> release(Stamp sweep) {
        return Future.succeededFuture();
    }

    @Override
    public synchronized Future<End> end(SweepStatus status, Delivery delivery) {
        if (status.state() == SweepStatus.State.ENDED && status.progress().errors() == 0) {
            swept.put(MarkId.of(status.target()), status.sweep());
        }
        return renew(status).map(wasOpen -> new End(wasOpen ? Before.RUNNING : Before.CLOSED, 0));
    }

    @Override
    public Future<Void> markUndelivered(Stamp sweep) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> markDelivered(Target target, List<Stamp> sweeps) {
        return Future.succeededFuture();
    }

    @Override
    public synchronized Future<Optional<SweepStatus>> amend(SweepStatus status) {
        return Future.succeededFuture(Optional.ofNullable(sweeps.replace(status.sweep(), status)));
    }

    @Override
    public synchronized Future<Optional<SweepStatus>> find(Stamp sweep) {
        return Future.succeededFuture(Optional.ofNullable(sweeps.get(sweep)));
    }

    @Override
    public synchronized Future<List<SweepStatus>> list() {
        return Future.succeededFuture(List.copyOf(sweeps.values()));
    }

    private boolean isRunning(Stamp sweep) {
        return Optional.ofNullable(sweeps.get(sweep))
                .filter(status -> status.state() == SweepStatus.State.RUNNING)
                .isPresent();
    }

    @Override
    public synchronized Future<Stamp> newest() {
        return Future.succeededFuture(clock);
    }

    /** Nothing is ever lost here. */
    @Override
    public synchronized Future<LogPage> after(Stamp read, List<Stamp> known) {
        List<Revocation> page = revocations.stream()
                .filter(revocation -> revocation.stamp().isAfter(read))
                .limit(EVENTS)
                .toList();
        Stamp upTo = page.isEmpty() ? read : page.get(page.size() - 1).stamp();
        return Future.succeededFuture(page(page, upTo, page.size() < EVENTS));
    }

    @Override
    public synchronized Future<LogPage> between(Stamp read, Stamp end) {
        List<Revocation> page = revocations.stream()
                .filter(revocation -> revocation.stamp().isAfter(read) && end.isAfter(revocation.stamp()))
                .limit(EVENTS)
                .toList();
        boolean last = page.size() < EVENTS;
        Stamp upTo = last ? end : page.get(page.size() - 1).stamp();
        return Future.succeededFuture(page(page, upTo, last));
    }

    private static LogPage page(List<Revocation> revocations, Stamp upTo, boolean last) {
        return new LogPage(
                revocations.stream().<LogEvent>map(LogEvent.Revoked::new).toList(), upTo, last, Continuity.WHOLE);
    }

    @Override
    public Future<LogPage> resume(Stamp read) {
        return after(read, List.of());
    }

    @Override
    public boolean remembers(Token token) {
        return false;
    }

    @Override
    public synchronized Future<Stamp> goOn(Stamp known) {
        return Future.succeededFuture(clock);
    }

    @Override
    public synchronized Future<Optional<MarkSlice>> slice(int number, Stamp known) {
        MarkSlice.Builder slice = new MarkSlice.Builder(marks.size());
        marks.forEach((target, stamp) -> {
            Mark mark = Mark.of(target, stamp);
            if (MarkId.slice(mark.id().bits()) == number) {
                slice.mark(mark.id().bits(), mark.value().micros());
            }
        });
        return Future.succeededFuture(Optional.of(slice.build()));
    }

    @Override
    public Future<Void> raise(int number, MarkSlice marks) {
        return Future.succeededFuture();
    }

    @Override
    public synchronized Future<Boolean> isSwept(MarkId mark, Stamp stamp) {
        return Future.succeededFuture(stamp.equals(swept.get(mark)) && stands(mark, stamp));
    }

    /** No model lasts that long. */
    @Override
    public Future<List<Revocation>> due() {
        return Future.succeededFuture(List.of());
    }

    @Override
    public synchronized Future<Void> drop(MarkId mark, Stamp stamp) {
        if (stamp.equals(swept.get(mark)) && stands(mark, stamp)) {
            marks.keySet().removeIf(target -> MarkId.of(target).equals(mark));
        }
        return Future.succeededFuture();
    }

    @Override
    public synchronized Stamp newestMark() {
        return lastMark;
    }

    /** It knows what was appended. */
    @Override
    public void learn(Revocation revocation) {}

    @Override
    public synchronized long size() {
        return marks.size();
    }

    @Override
    public synchronized boolean has(MarkId mark) {
        return marks.keySet().stream().anyMatch(target -> MarkId.of(target).equals(mark));
    }

    private boolean stands(MarkId mark, Stamp stamp) {
        return marks.entrySet().stream()
                .anyMatch(entry -> MarkId.of(entry.getKey()).equals(mark)
                        && entry.getValue().equals(stamp));
    }

    @Override
    public synchronized Stamp newestFor(UserInRealm holder) {
        return newest(target -> Choice.of(target).isAll() && covers(target, holder));
    }

    @Override
    public synchronized Cover coverOf(Traits token) {
        return new Cover(
                newest(target -> !(target instanceof Target.IssuedBefore) && covers(target, token)),
                newest(target -> target instanceof Target.IssuedBefore some && covers(some.base(), token)));
    }

    private Stamp newest(Predicate<Target> covers) {
        return marks.entrySet().stream()
                .filter(mark -> covers.test(mark.getKey()))
                .map(mark -> Mark.of(mark.getKey(), mark.getValue()).value())
                .max(Stamp::compareTo)
                .orElse(Stamp.NONE);
    }

    static boolean covers(Target target, Traits token) {
        return covers(target, token.holder()) && Choice.of(target).selects(token);
    }

    public static boolean covers(Target target, UserInRealm holder) {
        return target.match(
                one -> false,
                realm -> realm.realm().equals(holder.realm()),
                user -> user.user().equals(holder.user()),
                user -> user.holder().equals(holder),
                all -> true);
    }

    private Tally sweep(Target target, UserInRealm holder, Pass pass) {
        Instant now = pass.at();
        Choice choice = Choice.of(target);
        Tally tally = Tally.NONE;
        List<Held> ofHolder = grants.stream()
                .filter(held -> held.grant().holder().equals(holder))
                .toList();
        for (Held held : ofHolder) {
            List<TokenKind> meant = Stream.of(TokenKind.values())
                    .filter(kind -> choice.includes(kind) && held.isUnexpired(kind, now))
                    .toList();
            if (covers(target, Traits.of(held.grant()))
                    && pass.before().isAfter(held.birth())
                    && meant.stream().anyMatch(kind -> held.isLive(kind, now))) {
                for (TokenKind kind : meant) {
                    boolean live = held.states().put(kind, Token.State.INVALIDATED) == Token.State.LIVE;
                    tally = tally.plus(live ? Tally.ONE_INVALIDATED : Tally.ONE_PREVIOUSLY);
                }
            }
        }
        return tally;
    }

    private Optional<Held> holding(TokenId id, Instant now) {
        return grants.stream()
                .filter(held -> (held.has(TokenKind.ACCESS, id) && held.isUnexpired(TokenKind.ACCESS, now))
                        || (held.has(TokenKind.REFRESH, id) && held.isUnexpired(TokenKind.REFRESH, now)))
                .findFirst();
    }

    private static Token token(Held held, TokenId id) {
        Grant grant = held.grant();
        TokenKind kind = grant.access().filter(access -> access.id().equals(id)).isPresent()
                ? TokenKind.ACCESS
                : TokenKind.REFRESH;
        Granted granted = grant.get(kind).orElseThrow();
        return new Token(
                id,
                granted.signature(),
                kind,
                grant.holder(),
                grant.facts(kind),
                granted.expiresAt(),
                held.states().get(kind),
                held.birth(),
                grant.get(kind.other()).map(other -> other.id().firstBits()));
    }
}
