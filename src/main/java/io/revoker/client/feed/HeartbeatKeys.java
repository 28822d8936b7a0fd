package io.revoker.client.feed;

import io.revoker.client.internal.JsonFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The keys by which a service signs its heartbeats (RFC 7515). With none, heartbeats are taken as they come.
 *
 * <p>A signature binds nothing to a connection: one that was recorded can be sent again. So a signed heartbeat has to
 * be of this minute, by the time of day of this machine.
 */
public final class HeartbeatKeys {
    /** Takes heartbeats as they come. */
    public static final HeartbeatKeys NONE = new HeartbeatKeys("", Map.of(), InstantSource.system());

    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final String TYPE = "revoker-heartbeat+jwt";
    private static final List<String> SIGNED = List.of("event", "stamp", "time", "as_of", "uptime");
    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);

    private final String issuer;
    private final Map<String, PublicKey> keys;
    private final InstantSource time;

    private HeartbeatKeys(String issuer, Map<String, PublicKey> keys, InstantSource time) {
        this.issuer = issuer;
        this.keys = Map.copyOf(keys);
        this.time = time;
    }

    /**
     * Those of a JWK set; keys of other kinds and without an id are left out.
     *
     * @param issuer of the signatures
     * @throws IllegalArgumentException if it has none
     */
    public static HeartbeatKeys of(String issuer, String jwks) {
        return of(issuer, jwks, InstantSource.system());
    }

    static HeartbeatKeys of(String issuer, String jwks, InstantSource time) {
        Map<String, PublicKey> keys = new HashMap<>();
        try {
            for (JsonFields jwk :
                    JsonFields.read(jwks.getBytes(StandardCharsets.UTF_8)).objects("keys")) {
                add(jwk, keys);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("keys: no JWK set (expected: an object with keys)", e);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "keys: none that can be used (expected: RSA, P-256 or Ed25519, with kid)");
        }
        return new HeartbeatKeys(issuer, keys, time);
    }

    private static void add(JsonFields jwk, Map<String, PublicKey> keys) {
        try {
            keys.put(jwk.requiredText("kid"), PublicKeys.read(jwk));
        } catch (IOException ofAnotherKind) {
            // A set may have keys for other purposes.
        }
    }

    /** Returns if it is signed, or need not be. */
    void require(JsonFields beat) throws IOException {
        if (!keys.isEmpty()) {
            JsonFields claims = verified(beat.text("signature").orElse(""));
            if (!claims.text("iss").equals(Optional.of(issuer))
                    || !SIGNED.stream().allMatch(name -> isSame(name, claims, beat))) {
                throw refused();
            }
            requireOfNow(beat);
        }
    }

    private static boolean isSame(String name, JsonFields claims, JsonFields beat) {
        Object signed = claims.values().get(name);
        return signed != null && Objects.equals(signed, beat.values().get(name));
    }

    private void requireOfNow(JsonFields beat) throws IOException {
        Instant told = Instant.EPOCH.plus(FeedEvent.micros(beat, "time"), ChronoUnit.MICROS);
        if (Duration.between(told, time.instant()).abs().compareTo(SKEW) > 0) {
            throw new IOException("heartbeat: of " + told + " (expected: within " + SKEW.toSeconds()
                    + " s of the time of this machine)");
        }
    }

    /** What is signed. */
    private JsonFields verified(String signature) throws IOException {
        String[] parts = signature.split("\\.", -1);
        if (parts.length != 3) {
            throw refused();
        }
        try {
            JsonFields header = JsonFields.read(Base64.getUrlDecoder().decode(parts[0]));
            PublicKey key = keys.get(header.text("kid").orElse(""));
            if (key == null
                    || !header.text("typ").equals(Optional.of(TYPE))
                    || header.values().containsKey("crit")) {
                throw refused();
            }
            Signature check = algorithm(header.text("alg").orElse(""), key);
            check.initVerify(key);
            check.update((parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII));
            if (!check.verify(Base64.getUrlDecoder().decode(parts[2]))) {
                throw refused();
            }
            return JsonFields.read(Base64.getUrlDecoder().decode(parts[1]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("heartbeat: a signature that can't be read (expected: a JWS)", e);
        }
    }

    /** Only those that go with a key of this kind. */
    private static Signature algorithm(String name, PublicKey key) throws IOException, GeneralSecurityException {
        return switch (name + ' ' + key.getAlgorithm()) {
            case "RS256 RSA" -> Signature.getInstance("SHA256withRSA");
            case "PS256 RSA" -> pss();
            case "ES256 EC" -> Signature.getInstance("SHA256withECDSAinP1363Format");
            case "EdDSA EdDSA" -> Signature.getInstance("Ed25519");
            default -> throw refused();
        };
    }

    private static Signature pss() throws GeneralSecurityException {
        Signature pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(PSS);
        return pss;
    }

    private static IOException refused() {
        return new IOException("heartbeat: not signed (expected: a signature of what it says, by one of the keys)");
    }
}
