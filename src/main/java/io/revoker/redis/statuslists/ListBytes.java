package io.revoker.redis.statuslists;

import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.statuslists.StatusList;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The bytes of a {@link StatusList} beside its id: 4 for its end in seconds, 4 for its size, and its realm. */
final class ListBytes {
    private ListBytes() {}

    static byte[] of(StatusList list) {
        byte[] realm = list.realm().value().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 * Integer.BYTES + realm.length)
                .putInt((int) list.end().getEpochSecond())
                .putInt(list.size())
                .put(realm)
                .array();
    }

    /** Fails with a {@link Problem} if the bytes are not a list. */
    static StatusList read(String id, byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            Instant end = Instant.ofEpochSecond(Integer.toUnsignedLong(in.getInt()));
            int size = in.getInt();
            byte[] realm = new byte[in.remaining()];
            in.get(realm);
            return new StatusList(id, RealmId.stored(new String(realm, StandardCharsets.UTF_8)), size, end);
        } catch (BufferUnderflowException notOurs) {
            throw Problem.damaged("status list: damaged (expected: as it was written)");
        }
    }
}
