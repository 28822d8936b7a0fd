package io.revoker.redis.statuslists;

import io.revoker.domain.Problem;
import io.revoker.domain.statuslists.StatusReference;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The bytes of a {@link StatusReference}: 4 for the expiry of its token in seconds, 4 for the index, and the list. */
final class ReferenceBytes {
    private ReferenceBytes() {}

    static byte[] of(StatusReference reference, Instant expiresAt) {
        byte[] list = reference.list().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(2 * Integer.BYTES + list.length)
                .putInt((int) expiresAt.getEpochSecond())
                .putInt(reference.index())
                .put(list)
                .array();
    }

    /** Redis removes expired ones when it gets to it. */
    static boolean isOfLivingToken(byte[] bytes, Instant now) {
        return bytes.length < Integer.BYTES
                || Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt()) > now.getEpochSecond();
    }

    /** Fails with a {@link Problem} if the bytes are not a reference. */
    static StatusReference read(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            in.getInt();
            int index = in.getInt();
            byte[] list = new byte[in.remaining()];
            in.get(list);
            return new StatusReference(new String(list, StandardCharsets.US_ASCII), index);
        } catch (BufferUnderflowException notOurs) {
            throw Problem.damaged("status list: a reference is damaged (expected: as it was written)");
        }
    }
}
