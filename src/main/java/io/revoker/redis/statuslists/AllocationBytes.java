package io.revoker.redis.statuslists;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Stamp;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.statuslists.Allocation;
import io.revoker.domain.statuslists.StatusSubject;
import io.revoker.domain.statuslists.StatusSubject.Issuer;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of an {@link Allocation}, big-endian: 4 for the expiry in seconds; 8 for the birth stamp; 4 for the issue
 * time in seconds; 1 for flags (1 refresh token, 2 of a trusted issuer, 4 has a jti, 8 has texts); 16 for the id of the
 * token, zeros for none; 16 for the id by the jti, if there is one; the user; and if there are texts client, session
 * and key. Texts are in UTF-8, each after its length in two bytes. The scripts read and write the same bytes.
 */
final class AllocationBytes {
    private static final int REFRESH = 1;
    private static final int TRUSTED = 2;
    private static final int JTI = 4;
    private static final int TEXTS = 8;
    private static final int ID = 16;
    private static final int HEAD = 2 * Integer.BYTES + Long.BYTES + 1 + 2 * ID;

    private AllocationBytes() {}

    static byte[] of(Allocation allocation) {
        StatusSubject subject = allocation.subject();
        List<byte[]> texts = texts(subject);
        ByteBuffer out = ByteBuffer.allocate(HEAD
                + texts.stream().mapToInt(text -> Short.BYTES + text.length).sum());
        out.putInt((int) allocation.expiresAt().getEpochSecond())
                .putLong(allocation.birth().micros())
                .putInt((int) subject.facts().issuedAt().getEpochSecond())
                .put((byte) flags(subject, texts.size() > 1 ? TEXTS : 0))
                .put(allocation.token().map(TokenId::bytes).orElse(new byte[ID]));
        subject.jti().ifPresent(jti -> out.put(jti.bytes()));
        texts.forEach(text -> out.putShort((short) text.length).put(text));
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Without the expiry and the birth at its beginning. */
    static byte[] withoutTimes(StatusSubject subject, TokenId token) {
        byte[] all = of(new Allocation(subject, Instant.EPOCH, Optional.of(token), Stamp.NONE));
        return Arrays.copyOfRange(all, Integer.BYTES + Long.BYTES, all.length);
    }

    private static int flags(StatusSubject subject, int texts) {
        return (subject.kind() == TokenKind.REFRESH ? REFRESH : 0)
                | (subject.issuer() == Issuer.TRUSTED ? TRUSTED : 0)
                | (subject.jti().isPresent() ? JTI : 0)
                | texts;
    }

    private static List<byte[]> texts(StatusSubject subject) {
        Grant.Facts facts = subject.facts();
        List<String> more =
                List.of(facts.clientId(), facts.session(), facts.credential().keyId());
        byte[] user = utf8(subject.holder().user().value());
        return more.stream().allMatch(String::isEmpty)
                ? List.of(user)
                : List.of(user, utf8(more.get(0)), utf8(more.get(1)), utf8(more.get(2)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Fails with a {@link Problem} if the bytes are not an allocation. */
    static Allocation read(RealmId realm, byte[] bytes) {
        try {
            return read(realm, ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException | IllegalArgumentException notOurs) {
            throw Problem.damaged("status list: an allocation is damaged (expected: as it was written)");
        }
    }

    private static Allocation read(RealmId realm, ByteBuffer in) {
        Instant expiry = seconds(in);
        Stamp birth = new Stamp(in.getLong());
        Instant issuedAt = seconds(in);
        int flags = in.get();
        Optional<TokenId> token = id(in);
        Optional<TokenId> jti = (flags & JTI) != 0 ? id(in) : Optional.empty();
        UserInRealm holder = new UserInRealm(realm, UserName.stored(text(in)));
        boolean more = (flags & TEXTS) != 0;
        Grant.Facts facts = more
                ? StatusSubject.facts(text(in), text(in), text(in), issuedAt)
                : StatusSubject.facts("", "", "", issuedAt);
        StatusSubject subject = new StatusSubject(
                holder,
                facts,
                jti,
                (flags & REFRESH) != 0 ? TokenKind.REFRESH : TokenKind.ACCESS,
                (flags & TRUSTED) != 0 ? Issuer.TRUSTED : Issuer.OTHER);
        return new Allocation(subject, expiry, token, birth);
    }

    private static Instant seconds(ByteBuffer in) {
        return Instant.ofEpochSecond(Integer.toUnsignedLong(in.getInt()));
    }

    private static Optional<TokenId> id(ByteBuffer in) {
        byte[] id = new byte[ID];
        in.get(id);
        return Arrays.equals(id, new byte[ID])
                ? Optional.empty()
                : Optional.of(
                        new TokenId(Base64.getUrlEncoder().withoutPadding().encodeToString(id)));
    }

    private static String text(ByteBuffer in) {
        byte[] text = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
