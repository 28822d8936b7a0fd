package io.revoker.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Credential;
import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenType;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.jwt.VerifiedJwt;
import io.vertx.core.Future;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An authorization server that signs JWTs of one realm with ES256, and what verifies them. */
public final class TrustedIssuer implements JwtVerifier {
    public static final Duration LONGEST = Duration.ofHours(1);
    public static final Duration SKEW = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADER = Jwts.base64("{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}");
    /** What all of its headers begin with. */
    private static final String PREFIX = HEADER.substring(0, 36);

    private static final int HALF = 32;

    private final RealmId realm;
    private final VerifiedJwt.Demand demand;
    private final KeyPair key = newKey();
    private volatile boolean away;

    private TrustedIssuer(RealmId realm, VerifiedJwt.Demand demand) {
        this.realm = realm;
        this.demand = demand;
    }

    /** One of a realm of its own. */
    public static TrustedIssuer demanding(VerifiedJwt.Demand demand) {
        return new TrustedIssuer(new RealmId(Api.fresh("issuer")), demand);
    }

    /** One of that realm. */
    public static TrustedIssuer of(String realm, VerifiedJwt.Demand demand) {
        return new TrustedIssuer(new RealmId(realm), demand);
    }

    public String realm() {
        return realm.value();
    }

    ECPublicKey publicKey() {
        return (ECPublicKey) key.getPublic();
    }

    VerifiedJwt.Demand demand() {
        return demand;
    }

    /** From now on the keys can't be fetched, or can be again. */
    public void setAway(boolean isAway) {
        away = isAway;
    }

    /** Issued this second, for a quarter of an hour. */
    public String token(String user) {
        return token(user, claims -> claims);
    }

    public String issuedAt(String user, double iat) {
        return token(user, claims -> claims.put("iat", iat));
    }

    /** Of a key with an id. */
    public String signedBy(String keyId, String user) {
        return token(
                Jwts.base64("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + keyId + "\"}"),
                user,
                claims -> claims);
    }

    /** With changed claims. */
    public String token(String user, UnaryOperator<ObjectNode> change) {
        return token(HEADER, user, change);
    }

    private String token(String header, String user, UnaryOperator<ObjectNode> change) {
        long now = Instant.now().getEpochSecond();
        ObjectNode claims = JSON.createObjectNode()
                .put("iss", realm.value())
                .put("sub", user)
                .put("iat", now)
                .put("exp", now + 900)
                .put("jti", Api.fresh("jti"))
                .put("client_id", "app")
                .put("scope", "read");
        return signed(header + '.' + Jwts.base64(change.apply(claims).toString()), key);
    }

    /** A token with a signature by another key. */
    public static String forged(String token) {
        return signed(signedPart(token), newKey());
    }

    /** The same token with the other signature that ECDSA allows: n - s in the place of s. */
    public String withOtherSignature(String token) {
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, HALF, 2 * HALF));
        BigInteger order = publicKey().getParams().getOrder();
        byte[] other = order.subtract(s).toByteArray();
        Arrays.fill(signature, HALF, 2 * HALF, (byte) 0);
        int length = Math.min(HALF, other.length);
        System.arraycopy(other, other.length - length, signature, 2 * HALF - length, length);
        return signedPart(token) + '.' + Jwts.base64(signature);
    }

    public static String jti(String token) {
        return claims(token).path("jti").textValue();
    }

    /** For a check by a caller of all realms. */
    public Future<Finding> verify(String token) {
        return verify(token, RealmScope.ALL, Purpose.CHECK);
    }

    @Override
    public Future<Finding> verify(String token, RealmScope scope, Purpose purpose) {
        if (!token.startsWith(PREFIX)
                || token.chars().filter(c -> c == '.').count() != 2
                || !claims(token).path("iss").asText().equals(realm.value())) {
            return Future.succeededFuture(Finding.FOREIGN);
        }
        if (!scope.covers(realm) || (purpose == Purpose.REVOCATION && demand == VerifiedJwt.Demand.REGISTERED)) {
            return Future.succeededFuture(Finding.REFUSED);
        }
        return away
                ? Future.failedFuture(Problem.unavailable("keys: not fetched"))
                : Future.succeededFuture(isGood(token) ? new Finding.Verified(read(token)) : Finding.REFUSED);
    }

    @Override
    public boolean trusts(RealmId asked) {
        return asked.equals(realm) && demand != VerifiedJwt.Demand.REGISTERED;
    }

    @Override
    public boolean trustsAny() {
        return true;
    }

    /** What holds of a token. */
    public VerifiedJwt read(String token) {
        JsonNode claims = claims(token);
        Instant iat = time(claims.path("iat"));
        String jti = claims.path("jti").asText();
        return new VerifiedJwt(
                TokenId.of(token),
                new UserInRealm(realm, new UserName(claims.path("sub").asText())),
                Optional.of(jti).filter(id -> !id.isEmpty()).map(id -> TokenId.ofJti(realm, id)),
                new Grant.Facts(
                        claims.path("client_id").asText(),
                        claims.path("scope").asText(),
                        claims.path("sid").asText(),
                        Instant.ofEpochSecond(iat.getEpochSecond()),
                        new Credential(TokenType.BEARER, jti, "", "")
                                .signedBy(header(token).path("kid").asText())),
                iat,
                time(claims.path("exp")),
                demand);
    }

    private static Instant time(JsonNode seconds) {
        return Instant.EPOCH.plusNanos(seconds.decimalValue().movePointRight(9).longValue());
    }

    private boolean isGood(String token) {
        try {
            Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
            check.initVerify(key.getPublic());
            check.update(signedPart(token).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return check.verify(Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1)))
                    && time(claims(token).path("exp")).plus(SKEW).isAfter(Instant.now());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String signed(String part, KeyPair key) {
        try {
            Signature sign = Signature.getInstance("SHA256withECDSAinP1363Format");
            sign.initSign(key.getPrivate());
            sign.update(part.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return part + '.' + Jwts.base64(sign.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signedPart(String token) {
        return token.substring(0, token.lastIndexOf('.'));
    }

    private static JsonNode header(String token) {
        return json(token.substring(0, token.indexOf('.')));
    }

    private static JsonNode claims(String token) {
        return json(token.substring(token.indexOf('.') + 1, token.lastIndexOf('.')));
    }

    private static JsonNode json(String part) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(part));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec("secp256r1"));
            return keys.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
