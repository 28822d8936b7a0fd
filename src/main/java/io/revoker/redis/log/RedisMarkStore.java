package io.revoker.redis.log;

import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.LockStore;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.MarkStore.MarkSlice;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The marks, in the slot of the log; used by one event loop only.
 *
 * <p>A mark is a field of one of many small hashes, which Redis keeps compact: the field is the eight bytes of its id,
 * the value the eight bytes of its {@linkplain io.revoker.domain.store.Mark#value value}, and a ninth byte once its
 * sweep has reached every token.
 */
public final class RedisMarkStore implements MarkStore {
    private static final int PAIR = 2 * Long.BYTES;
    private static final int DUE = 64;
    /** Of the log's retention. */
    private static final int PAUSES = 8640;

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final byte SWEPT = '+';

    private final RedisLink link;
    private final Keys keys;
    private final LogSettings settings;
    private final LogReader reader;
    private final LockStore locks;

    public RedisMarkStore(RedisLink link, Keys keys, LogSettings settings, LockStore locks) {
        this.locks = locks;
        this.link = link;
        this.keys = keys;
        this.settings = settings;
        this.reader = new LogReader(link, keys, settings);
    }

    @Override
    public Future<Optional<MarkSlice>> slice(int number, Stamp known) {
        return link.send(Script.SLICE
                        .call(keys.marks.slice(number))
                        .arg(known.micros())
                        .arg(settings.markRetention().toMillis() * 1000))
                .map(reply -> Optional.ofNullable(reply).map(found -> unpack(found.toBytes())));
    }

    @Override
    public Future<Void> raise(int number, MarkSlice marks) {
        if (marks.size() == 0) {
            return Future.succeededFuture();
        }
        Map<String, ByteArrayOutputStream> buckets = new TreeMap<>();
        marks.forEach((id, stamp) -> {
            ByteArrayOutputStream pairs =
                    buckets.computeIfAbsent(keys.marks.of(id), key -> new ByteArrayOutputStream());
            pairs.writeBytes(bytes(id));
            pairs.writeBytes(bytes(stamp));
        });
        Call raise = Script.RAISE.call(buckets.keySet().stream().toList()).arg(settings.markSeconds());
        buckets.values().forEach(pairs -> raise.arg(pairs.toByteArray()));
        return link.send(raise).mapEmpty();
    }

    @Override
    public Future<Boolean> isSwept(MarkId mark, Stamp stamp) {
        byte[] swept = Arrays.copyOf(bytes(stamp.micros()), Long.BYTES + 1);
        swept[Long.BYTES] = SWEPT;
        return link.send(Call.of(Command.HGET, keys.marks.of(mark.bits())).arg(bytes(mark.bits())))
                .map(reply -> reply != null && Arrays.equals(reply.toBytes(), swept));
    }

    @Override
    public Future<List<Revocation>> due() {
        return link.send(Script.DUE
                        .call(keys.settled, keys.events)
                        .arg(settings.retention().toMillis() * 1000)
                        .arg(DUE))
                .map(reader::revocations);
    }

    /** Ten seconds of a day: an idle instance asks seldom, and a busy one has few to drop at a time. */
    @Override
    public Duration duePause() {
        Duration part = settings.retention().dividedBy(PAUSES);
        return part.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : part;
    }

    @Override
    public Future<Void> drop(MarkId mark, Stamp stamp) {
        return link.send(Script.UNMARK
                        .call(keys.marks.of(mark.bits()))
                        .arg(bytes(mark.bits()))
                        .arg(bytes(stamp.micros())))
                .mapEmpty();
    }

    @Override
    public LockStore locks() {
        return locks;
    }

    /** Parses the stamp of a mark. */
    public static Stamp stamp(Response value) {
        return new Stamp(ByteBuffer.wrap(value.toBytes()).getLong());
    }

    /** A number as the bytes of a field or a value. */
    public static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static MarkSlice unpack(byte[] pairs) {
        ByteBuffer bytes = ByteBuffer.wrap(pairs);
        MarkSlice.Builder slice = new MarkSlice.Builder(pairs.length / PAIR);
        while (bytes.hasRemaining()) {
            slice.mark(bytes.getLong(), bytes.getLong());
        }
        return slice.build();
    }
}
