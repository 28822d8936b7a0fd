package io.revoker.redis.statuslists;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.TokenId;
import io.revoker.domain.statuslists.Allocation;
import io.revoker.domain.statuslists.StatusList;
import io.revoker.domain.statuslists.StatusListStore;
import io.revoker.domain.statuslists.StatusReference;
import io.revoker.domain.statuslists.StatusSubject;
import io.revoker.domain.store.Traits;
import io.revoker.redis.keys.StatusListKeys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.revoker.redis.tokens.MarkRace;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The lists and their allocations; used by one event loop only. An index is taken at random, and tried: at least a
 * quarter of them is free.
 */
public final class RedisStatusListStore implements StatusListStore {
    /** With a quarter of the indexes free, as many as are wanted are found at once, nearly always. */
    private static final int TRIES = 8;

    private static final int ROUNDS = 16;

    private final RedisLink link;
    private final StatusListKeys keys;
    private final MarkRace race;
    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();
    private final OpenLists lists;

    public RedisStatusListStore(RedisLink link, StatusListKeys keys, MarkRace race, InstantSource time) {
        this.link = link;
        this.keys = keys;
        this.race = race;
        this.time = time;
        this.lists = new OpenLists(link, keys, random, time);
        link.onChange(lists::forget);
    }

    /** The birth is read first: any later mark is newer. */
    @Override
    public Future<List<StatusReference>> allocate(Wanted wanted) {
        Traits subject = wanted.subject().traits();
        return race.next()
                .compose(birth -> race.locks().requireNone(subject, birth).map(birth))
                .compose(birth -> lists.find(wanted.subject().holder().realm(), wanted.expiresAt(), wanted.shape())
                        .compose(list -> new Search(wanted, bytes(wanted, birth)).in(list, ROUNDS)));
    }

    private static byte[] bytes(Wanted wanted, Stamp birth) {
        return AllocationBytes.of(new Allocation(wanted.subject(), wanted.expiresAt(), wanted.token(), birth));
    }

    /** What one caller wants, and has got so far. */
    private final class Search {
        private final Wanted wanted;
        private final byte[] allocation;
        private final List<StatusReference> found = new ArrayList<>();

        Search(Wanted wanted, byte[] allocation) {
            this.wanted = wanted;
            this.allocation = allocation;
        }

        Future<List<StatusReference>> in(StatusList list, int rounds) {
            return link.send(tried(list)).compose(reply -> {
                reply.stream().skip(1).forEach(index -> found.add(new StatusReference(list.id(), index.toInteger())));
                if (found.size() >= wanted.count()) {
                    return Future.succeededFuture(found);
                }
                if (rounds == 0) {
                    return Future.failedFuture(Problem.overloaded("status lists: no free index (expected: a retry)"));
                }
                return reply.get(0).toInteger() == 0
                        ? in(list, rounds - 1)
                        : lists.after(list, wanted.shape()).compose(next -> in(next, rounds - 1));
            });
        }

        private Call tried(StatusList list) {
            int left = wanted.count() - found.size();
            Call call = Script.STATUS_ALLOCATE
                    .call(keys.allocations(list.id()), keys.order(list.id()))
                    .arg(list.end().getEpochSecond())
                    .arg(list.mostAllocations())
                    .arg(left)
                    .arg(allocation);
            IntStream.range(0, TRIES * left).forEach(i -> call.arg(field(random.nextInt(list.size()))));
            return call;
        }
    }

    private static byte[] field(int index) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(index).array();
    }

    private static int index(Response field) {
        return ByteBuffer.wrap(field.toBytes()).getInt();
    }

    @Override
    public Future<Optional<StatusReference>> referenceOf(TokenId token) {
        return link.send(Call.of(Command.HGET, keys.references(token)).arg(token.bytes()))
                .map(found -> Optional.ofNullable(found)
                        .map(Response::toBytes)
                        .filter(bytes -> ReferenceBytes.isOfLivingToken(bytes, time.instant()))
                        .map(ReferenceBytes::read));
    }

    @Override
    public Future<StatusReference> remember(TokenId token, StatusReference reference, Instant expiresAt) {
        return link.send(Script.PUT
                        .call(keys.references(token))
                        .arg(token.bytes())
                        .arg(ReferenceBytes.of(reference, expiresAt)))
                .map(held -> held == null ? reference : ReferenceBytes.read(held.toBytes()));
    }

    @Override
    public Future<Attached> attach(StatusReference reference, TokenId token, StatusSubject subject) {
        return link.send(Script.STATUS_ATTACH
                        .call(keys.allocations(reference.list()), keys.order(reference.list()))
                        .arg(field(reference.index()))
                        .arg(token.bytes())
                        .arg(AllocationBytes.withoutTimes(subject, token)))
                .map(reply -> Attached.valueOf(reply.toString()));
    }

    @Override
    public Future<Optional<StatusList>> find(String id) {
        return lists.find(id);
    }

    @Override
    public Future<List<StatusList>> all() {
        return lists.all();
    }

    /** The last one that was read is read once more: so it is noticed if Redis has lost it. */
    @Override
    public Future<Page> page(StatusList list, Reached reached) {
        int from = Math.max(0, reached.number() - 1);
        return link.send(
                        Call.of(Command.LRANGE, keys.order(list.id())).arg(from).arg(reached.number() + PAGE - 1))
                .compose(found -> {
                    List<Integer> indexes =
                            found.stream().map(RedisStatusListStore::index).toList();
                    if (reached.number() > 0 && (indexes.isEmpty() || indexes.get(0) != reached.last())) {
                        return Future.succeededFuture(new Page(List.of(), Reached.NOTHING));
                    }
                    List<Integer> next =
                            indexes.subList(Math.min(indexes.size(), reached.number() - from), indexes.size());
                    return read(list, next).map(placed -> new Page(placed, reached(reached, next)));
                });
    }

    private static Reached reached(Reached before, List<Integer> next) {
        return next.isEmpty() ? before : new Reached(before.number() + next.size(), next.get(next.size() - 1));
    }

    @Override
    public Future<List<Placed>> read(StatusList list, List<Integer> indexes) {
        if (indexes.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Call call = Call.of(Command.HMGET, keys.allocations(list.id()));
        indexes.forEach(index -> call.arg(field(index)));
        return link.send(call)
                .map(found -> IntStream.range(0, indexes.size())
                        .filter(i -> found.get(i) != null)
                        .mapToObj(i -> new Placed(
                                indexes.get(i),
                                AllocationBytes.read(list.realm(), found.get(i).toBytes())))
                        .toList());
    }
}
