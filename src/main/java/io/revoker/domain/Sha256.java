package io.revoker.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A SHA-256 per thread, with a buffer for its result. */
public final class Sha256 {
    private static final ThreadLocal<Sha256> OF_THREAD = ThreadLocal.withInitial(Sha256::new);

    private final MessageDigest digest = sha256();
    private final byte[] result = new byte[digest.getDigestLength()];

    /** The hash of the text in UTF-8; overwritten by the next call of the same thread. */
    public static ByteBuffer of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The hash of the bytes; overwritten by the next call of the same thread. */
    public static ByteBuffer of(byte[] bytes) {
        return OF_THREAD.get().digest(bytes);
    }

    private ByteBuffer digest(byte[] bytes) {
        digest.update(bytes);
        try {
            digest.digest(result, 0, result.length);
        } catch (DigestException e) {
            throw new IllegalStateException("the result has the length of the digest", e);
        }
        return ByteBuffer.wrap(result);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
