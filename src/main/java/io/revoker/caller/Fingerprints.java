package io.revoker.caller;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.revoker.caller.Credentials.Presented;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Names credentials by an HMAC under a key that only this process has: what is remembered of them tells no secret. */
final class Fingerprints {
    private static final String HMAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    Fingerprints() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, HMAC);
    }

    String of(Presented presented) {
        Mac mac = mac();
        for (Claim claim : presented.claims()) {
            for (byte[] part :
                    List.of(claim.id().getBytes(UTF_8), claim.secret().bytes())) {
                // With its length, so that no other id and secret give the same bytes.
                mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
                mac.update(part);
            }
        }
        return Base64.getEncoder().encodeToString(mac.doFinal());
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256: absent (expected: in every Java runtime)", e);
        }
    }
}
