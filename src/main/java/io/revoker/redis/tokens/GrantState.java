package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The state of a grant: the value of its field in the hash of its bundle. A revocation of one token clears that
 * token's live flag. A sweep of the whole hash writes its stamp into it; from then on every token that was born before
 * it is dead.
 *
 * <p>The bytes, big-endian: 4 for the expiry of its last token in seconds; 1 for flags (1 access token present, 2
 * access token live, 4 refresh token present, 8 refresh token live); 8 for the birth stamp in microseconds; and for a
 * pair only, 4 for the expiry of the access token and 4 for that of the refresh token. The scripts read and write the
 * same bytes.
 *
 * @param accessExpiry seconds; 0 if there is no access token
 * @param refreshExpiry seconds; 0 if there is no refresh token
 */
record GrantState(int flags, Stamp birth, long accessExpiry, long refreshExpiry) {
    private static final int LONE = Integer.BYTES + 1 + Long.BYTES;
    private static final int PAIR = LONE + 2 * Integer.BYTES;
    private static final int SWEEP = Integer.BYTES + Long.BYTES;
    private static final int NEVER = 0xFFFF_FFFF;
    private static final int BOTH = 5;
    private static final int NO_FLAG = 16;

    static GrantState of(Grant grant, Stamp birth) {
        int flags = grant.access()
                        .map(a -> present(TokenKind.ACCESS) | live(TokenKind.ACCESS))
                        .orElse(0)
                | grant.refresh()
                        .map(r -> present(TokenKind.REFRESH) | live(TokenKind.REFRESH))
                        .orElse(0);
        return new GrantState(flags, birth, expiry(grant.access()), expiry(grant.refresh()));
    }

    /** Whether the bytes have a form that {@link #encode} writes. */
    static boolean isSound(byte[] bytes) {
        if (bytes.length != LONE && bytes.length != PAIR) {
            return false;
        }
        int flags = bytes[Integer.BYTES];
        return bytes.length == PAIR
                ? flags < NO_FLAG && (flags & BOTH) == BOTH
                : flags == 1 || flags == 3 || flags == 4 || flags == 12;
    }

    /**
     * Whether it has the form of the newest sweep of a bundle: four bytes with an expiry of "never", and eight with
     * its stamp.
     */
    static boolean isSweep(byte[] bytes) {
        return bytes.length == SWEEP && ByteBuffer.wrap(bytes).getInt() == NEVER;
    }

    /** Fails with a {@link Problem} if the bytes are not sound. */
    static GrantState decode(byte[] bytes) {
        if (!isSound(bytes)) {
            throw damaged();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long last = Integer.toUnsignedLong(in.getInt());
        int flags = in.get();
        Stamp birth = new Stamp(in.getLong());
        if (bytes.length == PAIR) {
            return new GrantState(
                    flags, birth, Integer.toUnsignedLong(in.getInt()), Integer.toUnsignedLong(in.getInt()));
        }
        boolean access = (flags & present(TokenKind.ACCESS)) != 0;
        return new GrantState(flags, birth, access ? last : 0, access ? 0 : last);
    }

    private static Problem damaged() {
        return Problem.damaged("grant: damaged (expected: as it was registered; revoke its user)");
    }

    /**
     * The state after the newest sweep of its bundle. Empty bytes mean that there was no sweep. Fails with a
     * {@link Problem} if the bytes are neither empty nor a sweep.
     */
    GrantState after(byte[] sweep) {
        if (sweep.length > 0 && !isSweep(sweep)) {
            throw damaged();
        }
        if (sweep.length == 0 || birth.micros() >= ByteBuffer.wrap(sweep).getLong(Integer.BYTES)) {
            return this;
        }
        return without(EnumSet.allOf(TokenKind.class));
    }

    byte[] encode() {
        boolean pair = has(TokenKind.ACCESS) && has(TokenKind.REFRESH);
        ByteBuffer out = ByteBuffer.allocate(pair ? PAIR : LONE)
                .putInt((int) Math.max(accessExpiry, refreshExpiry))
                .put((byte) flags)
                .putLong(birth.micros());
        if (pair) {
            out.putInt((int) accessExpiry).putInt((int) refreshExpiry);
        }
        return out.array();
    }

    /** The live flag of a kind; the scripts use the same numbers. */
    static int live(TokenKind kind) {
        return kind == TokenKind.ACCESS ? 2 : 8;
    }

    GrantState bornAt(Stamp stamp) {
        return new GrantState(flags, stamp, accessExpiry, refreshExpiry);
    }

    /** The state with these tokens invalidated. */
    GrantState without(Set<TokenKind> dead) {
        int live = dead.stream().mapToInt(GrantState::live).reduce(0, (a, b) -> a | b);
        return new GrantState(flags & ~live, birth, accessExpiry, refreshExpiry);
    }

    boolean has(TokenKind kind) {
        return (flags & present(kind)) != 0;
    }

    Token.State state(TokenKind kind) {
        return (flags & live(kind)) != 0 ? Token.State.LIVE : Token.State.INVALIDATED;
    }

    Instant expiry(TokenKind kind) {
        return Instant.ofEpochSecond(kind == TokenKind.ACCESS ? accessExpiry : refreshExpiry);
    }

    boolean isLiveAt(TokenKind kind, Instant now) {
        return has(kind) && state(kind) == Token.State.LIVE && expiry(kind).isAfter(now);
    }

    /** The kinds of its tokens that are unexpired. */
    Set<TokenKind> unexpiredAt(Instant now) {
        return Arrays.stream(TokenKind.values())
                .filter(kind -> has(kind) && expiry(kind).isAfter(now))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(TokenKind.class)));
    }

    /** Whether the grant has this token, and it has expired. */
    boolean hasEnded(TokenKind kind, Instant now) {
        return has(kind) && !expiry(kind).isAfter(now);
    }

    /** The token whose id identifies the grant. */
    TokenKind first() {
        return has(TokenKind.ACCESS) ? TokenKind.ACCESS : TokenKind.REFRESH;
    }

    /** Whether both have the same tokens with the same expiries, live or not. */
    boolean hasTheTokensOf(GrantState other) {
        return has(TokenKind.ACCESS) == other.has(TokenKind.ACCESS)
                && has(TokenKind.REFRESH) == other.has(TokenKind.REFRESH)
                && accessExpiry == other.accessExpiry
                && refreshExpiry == other.refreshExpiry;
    }

    private static int present(TokenKind kind) {
        return kind == TokenKind.ACCESS ? 1 : 4;
    }

    private static long expiry(Optional<Granted> token) {
        return token.map(granted -> granted.expiresAt().getEpochSecond()).orElse(0L);
    }

    /**
     * Identifies a grant among those of its holder: the first 64 bits of the id of the token that identifies the
     * grant. If two grants of a holder share these bits, the second one is refused; they are never confused.
     */
    record GrantId(long value) {
        /** Its 8 bytes. */
        byte[] bytes() {
            return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
        }

        static GrantId of(Grant grant) {
            return of(grant.first().id());
        }

        static GrantId of(TokenId first) {
            return new GrantId(first.firstBits());
        }
    }
}
