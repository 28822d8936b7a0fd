package io.revoker.redis.tokens;

import io.revoker.domain.Credential;
import io.revoker.domain.Grant;
import io.revoker.domain.RealmId;
import io.revoker.domain.Signature;
import io.revoker.domain.TokenKind;
import io.revoker.domain.TokenType;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.tokens.GrantState.GrantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The bytes of a {@link TokenRecord}: 4 for the expiry in seconds; 4 for the issue time in seconds; 1 for flags (1
 * refresh token, 2 one of a pair, 4 not in the first bundle, 8 written by a version that stores signatures, 16 has a
 * signature, 32 has more texts, 64 bearer token, 128 DPoP token); 8 for the first bytes of the partner's id, if there
 * is one; 2 for the bundle's number, if it is not the first, or 2 zero bytes and 1 for its level, if it is shared; 8
 * for the signature, if there is one; then realm, user, client and scope, if there are more texts jti, jkt and x5t, and
 * if there is one the session, or the session and the id of the key. Texts are in UTF-8, each after its length: one
 * byte, or two with the first bit set from 128 bytes on.
 *
 * <p>Compatible with older versions: what they do not know is in bits that they ignore, or after the part that they
 * read.
 */
final class RecordBytes {
    private static final int REFRESH = 1;
    private static final int PAIR = 2;
    private static final int BUNDLED = 4;
    private static final int RECORDED = 8;
    private static final int SIGNED = 16;
    private static final int TEXTS = 32;
    private static final int BEARER = 64;
    private static final int DPOP = 128;
    private static final int LONG_FORM = 0x80;
    private static final int LONGEST_HEAD = 2 + 2 * Long.BYTES + Short.BYTES + 2 * Integer.BYTES;

    private static final Credential BEARER_TOKEN = new Credential(TokenType.BEARER, "", "", "");
    private static final Credential DPOP_TOKEN = new Credential(TokenType.DPOP, "", "", "");

    private RecordBytes() {}

    static byte[] of(TokenRecord record) {
        List<byte[]> texts = texts(record);
        ByteBuffer out = ByteBuffer.allocate(
                LONGEST_HEAD + texts.stream().mapToInt(text -> 2 + text.length).sum());
        out.putInt((int) record.expiry().getEpochSecond());
        out.putInt((int) record.facts().issuedAt().getEpochSecond());
        out.put((byte) form(record));
        record.partner().ifPresent(other -> out.putLong(other.value()));
        putBundle(out, record.bundle());
        if (record.signature().form() == Signature.Form.PRESENT) {
            out.putLong(record.signature().digest());
        }
        texts.forEach(text -> putText(out, text));
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void putBundle(ByteBuffer out, Bundle bundle) {
        if (bundle.isShared()) {
            out.putShort((short) 0).put((byte) bundle.level());
        } else if (!bundle.isFirst()) {
            out.putShort((short) bundle.number());
        }
    }

    /** Makes a bundle of the holder, who comes later. */
    private static Function<UserInRealm, Bundle> bundle(int form, ByteBuffer in) {
        if ((form & BUNDLED) == 0) {
            return Bundle::first;
        }
        int number = Short.toUnsignedInt(in.getShort());
        if (number > 0) {
            return holder -> new Bundle(holder, number);
        }
        int level = in.get();
        return holder -> Bundle.shared(holder, level);
    }

    static TokenRecord read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Instant expiry = seconds(in);
        Instant issuedAt = seconds(in);
        int form = in.get();
        Optional<GrantId> partner = (form & PAIR) != 0 ? Optional.of(new GrantId(in.getLong())) : Optional.empty();
        Function<UserInRealm, Bundle> bundle = bundle(form, in);
        Signature signature = signature(form, in);
        UserInRealm holder = new UserInRealm(RealmId.stored(text(in)), UserName.stored(text(in)));
        return new TokenRecord(
                (form & REFRESH) != 0 ? TokenKind.REFRESH : TokenKind.ACCESS,
                partner,
                bundle.apply(holder),
                facts(issuedAt, form, in),
                expiry,
                signature);
    }

    /** Earlier versions wrote neither session nor key. */
    private static Grant.Facts facts(Instant issuedAt, int form, ByteBuffer in) {
        String client = text(in);
        String scope = text(in);
        Credential credential = credential(form, in);
        String session = textIfAny(in);
        return new Grant.Facts(client, scope, session, issuedAt, credential.signedBy(textIfAny(in)));
    }

    private static String textIfAny(ByteBuffer in) {
        return in.hasRemaining() ? text(in) : "";
    }

    private static int form(TokenRecord record) {
        int refresh = record.kind() == TokenKind.REFRESH ? REFRESH : 0;
        int pair = record.partner().isPresent() ? PAIR : 0;
        int bundled = record.bundle().isFirst() ? 0 : BUNDLED;
        return refresh
                | pair
                | bundled
                | form(record.signature())
                | form(record.facts().credential());
    }

    private static int form(Signature signature) {
        return switch (signature.form()) {
            case UNRECORDED -> 0;
            case ABSENT -> RECORDED;
            case PRESENT -> RECORDED | SIGNED;
        };
    }

    private static int form(Credential credential) {
        int texts = credential.hasNoTexts() ? 0 : TEXTS;
        return texts
                | switch (credential.type()) {
                    case UNKNOWN -> 0;
                    case BEARER -> BEARER;
                    case DPOP -> DPOP;
                };
    }

    private static Credential credential(int form, ByteBuffer in) {
        TokenType type =
                (form & BEARER) != 0 ? TokenType.BEARER : (form & DPOP) != 0 ? TokenType.DPOP : TokenType.UNKNOWN;
        if ((form & TEXTS) != 0) {
            return new Credential(type, text(in), text(in), text(in));
        }
        return switch (type) {
            case UNKNOWN -> Credential.UNKNOWN;
            case BEARER -> BEARER_TOKEN;
            case DPOP -> DPOP_TOKEN;
        };
    }

    private static Signature signature(int form, ByteBuffer in) {
        if ((form & RECORDED) == 0) {
            return Signature.UNRECORDED;
        }
        return (form & SIGNED) == 0 ? Signature.ABSENT : new Signature(Signature.Form.PRESENT, in.getLong());
    }

    private static Instant seconds(ByteBuffer in) {
        return Instant.ofEpochSecond(Integer.toUnsignedLong(in.getInt()));
    }

    private static List<byte[]> texts(TokenRecord record) {
        Grant.Facts facts = record.facts();
        Credential credential = facts.credential();
        Stream<String> always = Stream.of(
                record.holder().realm().value(), record.holder().user().value(), facts.clientId(), facts.scope());
        Stream<String> more =
                credential.hasNoTexts() ? Stream.of() : Stream.of(credential.jti(), credential.jkt(), credential.x5t());
        Stream<String> last = !credential.keyId().isEmpty()
                ? Stream.of(facts.session(), credential.keyId())
                : facts.session().isEmpty() ? Stream.of() : Stream.of(facts.session());
        return Stream.of(always, more, last)
                .flatMap(texts -> texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
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
}
