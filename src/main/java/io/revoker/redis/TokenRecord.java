package io.revoker.redis;

import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.RealmId;
import io.revoker.domain.Signature;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is stored of a token by its id: written once, never changed, so that a node may keep a copy without any staleness.
 *
 * <p>The bytes: four of the expiry in seconds; four of the issue time in seconds; one of flags (1 refresh token, 2 one of a pair, 4 not in the first
 * bundle, 8 written since signatures are kept, 16 with a signature); the first 8 bytes of the partner's id if there is one; two of the bundle's number if it
 * is not the first; 8 of the signature if there is one; then realm, user, client and scope in UTF-8, each behind its length: one byte, or two with the
 * first bit set from 128 bytes on.
 *
 * @param partner the other token of a pair
 * @param bundle where the grant is
 */
record TokenRecord(
        TokenKind kind,
        Optional<GrantId> partner,
        Bundle bundle,
        Grant.Facts facts,
        Instant expiry,
        Signature signature) {
    private static final int REFRESH = 1;
    private static final int PAIR = 2;
    private static final int BUNDLED = 4;
    private static final int RECORDED = 8;
    private static final int SIGNED = 16;
    private static final int LONG_FORM = 0x80;

    static TokenRecord of(Grant grant, TokenKind kind, Granted token, Bundle bundle) {
        Optional<GrantId> partner = grant.get(other(kind)).map(other -> GrantId.of(other.id()));
        return new TokenRecord(kind, partner, bundle, grant.facts(), token.expiresAt(), token.signature());
    }

    UserInRealm holder() {
        return bundle.holder();
    }

    TokenRecord in(Bundle other) {
        return new TokenRecord(kind, partner, other, facts, expiry, signature);
    }

    byte[] encode() {
        byte[][] texts = {
            utf8(holder().realm().value()), utf8(holder().user().value()), utf8(facts.clientId()), utf8(facts.scope())
        };
        int size = 1 + 2 * Long.BYTES + Short.BYTES + 2 * Integer.BYTES;
        for (byte[] text : texts) {
            size += 2 + text.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putInt((int) expiry.getEpochSecond());
        out.putInt((int) facts.issuedAt().getEpochSecond());
        putForm(out);
        for (byte[] text : texts) {
            putText(out, text);
        }
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    static TokenRecord decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Instant expiry = seconds(in);
        Instant issuedAt = seconds(in);
        int form = in.get();
        Optional<GrantId> partner = (form & PAIR) != 0 ? Optional.of(new GrantId(in.getLong())) : Optional.empty();
        int bundle = (form & BUNDLED) != 0 ? Short.toUnsignedInt(in.getShort()) : 0;
        Signature signature = signature(form, in);
        UserInRealm holder = new UserInRealm(new RealmId(text(in)), new UserName(text(in)));
        return new TokenRecord(
                (form & REFRESH) != 0 ? TokenKind.REFRESH : TokenKind.ACCESS,
                partner,
                new Bundle(holder, bundle),
                new Grant.Facts(text(in), text(in), issuedAt),
                expiry,
                signature);
    }

    /** The grant that the token with this record and this id belongs to: it is known by its access token, if it has one. */
    GrantId grant(TokenId id) {
        return kind == TokenKind.ACCESS ? GrantId.of(id) : partner.orElseGet(() -> GrantId.of(id));
    }

    /** Whether a repeated registration says the same; when it was issued, and so when it expires, may differ, and its bundle. */
    boolean saysTheSameAs(TokenRecord other) {
        return kind == other.kind
                && partner.equals(other.partner)
                && holder().equals(other.holder())
                && facts.clientId().equals(other.facts.clientId())
                && facts.scope().equals(other.facts.scope())
                && lifetime().equals(other.lifetime())
                && (signature.admits(other.signature) || other.signature.admits(signature));
    }

    private Duration lifetime() {
        return Duration.between(facts.issuedAt(), expiry);
    }

    private void putForm(ByteBuffer out) {
        int refresh = kind == TokenKind.REFRESH ? REFRESH : 0;
        int pair = partner.isPresent() ? PAIR : 0;
        int bundled = bundle.isFirst() ? 0 : BUNDLED;
        out.put((byte) (refresh | pair | bundled | form(signature)));
        partner.ifPresent(other -> out.putLong(other.value()));
        if (!bundle.isFirst()) {
            out.putShort((short) bundle.number());
        }
        if (signature.form() == Signature.Form.PRESENT) {
            out.putLong(signature.digest());
        }
    }

    private static int form(Signature signature) {
        return switch (signature.form()) {
            case UNRECORDED -> 0;
            case ABSENT -> RECORDED;
            case PRESENT -> RECORDED | SIGNED;
        };
    }

    private static Signature signature(int form, ByteBuffer in) {
        if ((form & RECORDED) == 0) {
            return Signature.UNRECORDED;
        }
        return (form & SIGNED) == 0 ? Signature.ABSENT : new Signature(Signature.Form.PRESENT, in.getLong());
    }

    private static TokenKind other(TokenKind kind) {
        return switch (kind) {
            case ACCESS -> TokenKind.REFRESH;
            case REFRESH -> TokenKind.ACCESS;
        };
    }

    private static Instant seconds(ByteBuffer in) {
        return Instant.ofEpochSecond(Integer.toUnsignedLong(in.getInt()));
    }

    private static void putText(ByteBuffer out, byte[] text) {
        if (text.length < LONG_FORM) {
            out.put((byte) text.length);
        } else {
            out.put((byte) (LONG_FORM | text.length >> 8)).put((byte) text.length);
        }
        out.put(text);
    }

    private static String text(ByteBuffer in) {
        int first = Byte.toUnsignedInt(in.get());
        int length = first < LONG_FORM ? first : (first & ~LONG_FORM) << 8 | Byte.toUnsignedInt(in.get());
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
