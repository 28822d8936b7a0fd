package io.revoker.redis.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.revoker.domain.Credential;
import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Signature;
import io.revoker.domain.TokenKind;
import io.revoker.domain.TokenType;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.SharedHash;
import io.revoker.testing.Grants;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRecordTest {
    private static final String JWT = "eyJhIjoxfQ.e30.c2ln";

    /** As it was written before signatures were kept: an access token of joe in corp, alone, in the first bundle. */
    private static final byte[] OLD =
            HexFormat.of().parseHex("6a000e10" + "6a000000" + "00" + "04636f7270" + "036a6f65" + "00" + "00");

    @Test
    void keepsTheSignatureOfAJwtInEightBytes() {
        TokenRecord opaque = record("opaque");
        TokenRecord jwt = record(JWT);

        assertThat(TokenRecord.decode(jwt.encode())).isEqualTo(jwt);
        assertThat(TokenRecord.decode(opaque.encode())).isEqualTo(opaque);
        assertThat(jwt.signature()).isEqualTo(Signature.of(JWT));
        assertThat(opaque.encode()).hasSameSizeAs(OLD);
        assertThat(jwt.encode()).hasSize(OLD.length + Long.BYTES);
    }

    @Test
    void admitsEverySignatureOfATokenThatWasRegisteredBeforeTheyWereKept() {
        TokenRecord old = TokenRecord.decode(OLD);

        assertThat(old.signature().admits(Signature.of(JWT))).isTrue();
        assertThat(old.encode()).isEqualTo(OLD);
        assertThat(old.saysTheSameAs(record("opaque"))).isTrue();
        assertThat(record(JWT).saysTheSameAs(old)).isTrue();
        assertThat(record(JWT).saysTheSameAs(record("opaque"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Bundle.LAST, Bundle.LAST + 1, Bundle.LAST + SharedHash.LEVELS})
    void saysWhichBundleTheGrantIsIn(int number) {
        TokenRecord first = record(JWT);
        TokenRecord record = first.in(new Bundle(first.holder(), number));

        assertThat(TokenRecord.decode(record.encode())).isEqualTo(record);
        assertThat(record.saysTheSameAs(first)).isTrue();
    }

    @Test
    void isDamagedIfItSaysALevelThatThereIsNot() {
        TokenRecord first = record(JWT);
        byte[] shared = first.in(Bundle.shared(first.holder(), 5)).encode();
        int level = 2 * Integer.BYTES + 1 + Short.BYTES;
        assertThat(shared[level]).isEqualTo((byte) 5);

        shared[level] = SharedHash.LEVELS;

        assertThatThrownBy(() -> TokenRecord.decode(shared)).hasMessageContaining("record of a token: damaged");
    }

    /** An older version reads the same holder, client and scope, and knows nothing of keys. */
    @Test
    void keepsWhatIsSaidOfAnAccessTokenWhereAnOlderVersionDoesNotLook() {
        Credential dpop = new Credential(TokenType.DPOP, "id", "k".repeat(43), "");
        TokenRecord bound = record(JWT, dpop);
        TokenRecord bearer = record(JWT, new Credential(TokenType.BEARER, "", "", ""));
        byte[] plain = record(JWT).encode();

        assertThat(TokenRecord.decode(bound.encode())).isEqualTo(bound);
        assertThat(TokenRecord.decode(bearer.encode())).isEqualTo(bearer);
        assertThat(withoutNewFlags(bearer.encode())).isEqualTo(plain);
        assertThat(withoutNewFlags(bound.encode())).startsWith(plain).hasSize(plain.length + 3 + 44 + 1);
        assertThat(bound.saysTheSameAs(bearer)).isFalse();
        assertThat(bound.saysTheSameAs(TokenRecord.decode(OLD))).isTrue();
    }

    /** It is at the end, after everything that an older version reads. */
    @Test
    void keepsTheSessionWhereAnOlderVersionDoesNotLook() {
        Credential dpop = new Credential(TokenType.DPOP, "id", "k".repeat(43), "");
        for (Credential credential : List.of(Credential.UNKNOWN, dpop)) {
            TokenRecord without = record(JWT, credential);
            TokenRecord with = record(JWT, credential, "session 7");

            assertThat(TokenRecord.decode(with.encode())).isEqualTo(with);
            assertThat(with.encode()).startsWith(without.encode()).hasSize(without.encode().length + 1 + 9);
            assertThat(with.saysTheSameAs(without)).isFalse();
            TokenRecord signed = record(JWT, credential.signedBy("key"));
            assertThat(TokenRecord.decode(signed.encode())).isEqualTo(signed);
            assertThat(signed.encode()).startsWith(without.encode()).hasSize(without.encode().length + 1 + 1 + 3);
            assertThat(signed.saysTheSameAs(without)).as("of an earlier build").isTrue();
        }
    }

    /** An earlier version let them in. */
    @Test
    void readsAScopeAndAClientThatAreRefusedToday() {
        Grant grant = Grants.access(Grants.holder("corp", "joe"));
        Grant.Facts facts = new Grant.Facts("a\r\nb", " read\t", grant.facts().issuedAt());
        Granted token = grant.first();
        TokenRecord record = new TokenRecord(
                TokenKind.ACCESS,
                Optional.empty(),
                Bundle.first(grant.holder()),
                facts,
                token.expiresAt(),
                token.signature());

        assertThat(TokenRecord.decode(record.encode())).isEqualTo(record);
    }

    private static byte[] withoutNewFlags(byte[] record) {
        byte[] old = record.clone();
        old[8] &= 0x1f;
        return old;
    }

    private static TokenRecord record(String token) {
        return record(token, Credential.UNKNOWN);
    }

    private static TokenRecord record(String token, Credential credential) {
        return record(token, credential, "");
    }

    private static TokenRecord record(String token, Credential credential, String session) {
        Grant.Facts facts = new Grant.Facts("", "", session, Instant.ofEpochSecond(0x6a000000L), credential);
        Granted granted = Granted.of(token, facts.issuedAt().plus(Grants.LIFE));
        Grant grant = new Grant(Grants.holder("corp", "joe"), Optional.of(granted), Optional.empty(), facts);
        return TokenRecord.of(grant, TokenKind.ACCESS, granted, Bundle.first(grant.holder()));
    }
}
