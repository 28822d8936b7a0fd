package io.revoker.signing;

import io.revoker.domain.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys by which the service encrypts what it has to store and to send again (AES-256-GCM, NIST SP 800-38D). The first
 * encrypts; all decrypt, so that keys can be changed. Serves all threads.
 */
public final class EncryptionKeys {
    /** For a service that stores no secrets of others. */
    public static final EncryptionKeys NONE = new EncryptionKeys(List.of());

    static final int MOST_KEYS = 16;
    private static final String EXPECTED =
            " (expected: 1 to " + MOST_KEYS + " lines of base64, each of 32 bytes: openssl rand -base64 32)";
    private static final int MAX_BYTES = 4096;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<SecretKey> keys;

    private EncryptionKeys(List<SecretKey> keys) {
        this.keys = keys;
    }

    /** Reads a file. Blocks. Fails with a {@link Problem} that quotes nothing of the file. */
    public static EncryptionKeys read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            List<SecretKey> keys = new String(content, StandardCharsets.US_ASCII)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(EncryptionKeys::key)
                    .toList();
            if (keys.isEmpty() || keys.size() > MOST_KEYS || content.length > MAX_BYTES) {
                throw Problem.invalid(keys.size() + " keys" + EXPECTED);
            }
            return new EncryptionKeys(keys);
        } catch (IOException e) {
            throw Problem.invalid(e.getClass().getSimpleName() + EXPECTED);
        }
    }

    private static SecretKey key(String line) {
        byte[] key = decoded(Base64.getDecoder(), line).orElse(new byte[0]);
        if (key.length != KEY_BYTES) {
            throw Problem.invalid("a line that is no key" + EXPECTED);
        }
        return new SecretKeySpec(key, "AES");
    }

    private static Optional<byte[]> decoded(Base64.Decoder by, String text) {
        try {
            return Optional.of(by.decode(text));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /** Whether it can encrypt. */
    public boolean arePresent() {
        return !keys.isEmpty();
    }

    /** Whether there are others than the first. */
    public boolean areSeveral() {
        return keys.size() > 1;
    }

    /**
     * To be called only if there are keys.
     *
     * @param purpose without which nobody can decrypt it: what it is for
     */
    public String encrypt(String secret, String purpose) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] text = secret.getBytes(StandardCharsets.UTF_8);
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, purpose).doFinal(text);
            byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM/NoPadding: absent (expected: in every Java runtime)", e);
        }
    }

    /** Empty if none of the keys has encrypted it, for another purpose, or if it was changed. */
    public Optional<String> decrypt(String encrypted, String purpose) {
        return decoded(Base64.getUrlDecoder(), encrypted)
                .filter(whole -> whole.length > NONCE_BYTES)
                .flatMap(whole -> keys.stream()
                        .flatMap(key -> decrypted(key, whole, purpose).stream())
                        .findFirst());
    }

    /** The same secret encrypted by the first key; empty if it is already, or if no key decrypts it. */
    public Optional<String> renewed(String encrypted, String purpose) {
        boolean isOlder = areSeveral()
                && new EncryptionKeys(keys.subList(0, 1))
                        .decrypt(encrypted, purpose)
                        .isEmpty();
        return isOlder ? decrypt(encrypted, purpose).map(secret -> encrypt(secret, purpose)) : Optional.empty();
    }

    private static Optional<String> decrypted(SecretKey key, byte[] whole, String purpose) {
        try {
            byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
            byte[] text = cipher(Cipher.DECRYPT_MODE, key, nonce, purpose)
                    .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException another) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String purpose)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return keys.size() + " keys";
    }
}
