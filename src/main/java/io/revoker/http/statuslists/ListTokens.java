package io.revoker.http.statuslists;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Sha256;
import io.revoker.domain.statuslists.StatusListUris;
import io.revoker.http.Json;
import io.revoker.signing.Signer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the signed form of a list (section 5.1). A cache may keep it for {@code ttl} after it was signed, and a
 * verifier for {@code ttl} after that: then it expires.
 *
 * @param issuer of what this service signs
 */
record ListTokens(Signer signer, StatusListUris uris, String issuer, Duration ttl) {
    private static final String TYPE = "statuslist+jwt";

    /** @param signedAt in whole seconds */
    Future<Published> sign(Context context, LoadedList list, Instant signedAt, Instant seenAt) {
        byte[] bits = list.bits();
        long version = list.version();
        return context.executeBlocking(() -> Json.write(claims(list, bits, signedAt)), /* ordered= */ false)
                .compose(claims -> signer.sign(TYPE, claims))
                .map(jwt -> jwt.getBytes(StandardCharsets.US_ASCII))
                .compose(jwt -> context.executeBlocking(() -> gzip(jwt), /* ordered= */ false)
                        .map(gzip -> new Published(
                                list.list(),
                                version,
                                jwt,
                                gzip,
                                Long.toHexString(Sha256.of(jwt).getLong()),
                                signedAt,
                                seenAt)));
    }

    private ObjectNode claims(LoadedList list, byte[] bits, Instant signedAt) {
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", issuer)
                .put("sub", uris.of(list.list().id()))
                .put("iat", signedAt.getEpochSecond())
                .put("exp", signedAt.plus(ttl).plus(ttl).getEpochSecond())
                .put("ttl", ttl.toSeconds());
        claims.putObject("status_list")
                .put("bits", StatusBits.EACH)
                .put("lst", StatusBits.compressed(bits))
                .put("aggregation_uri", uris.all());
        return claims;
    }

    private static byte[] gzip(byte[] jwt) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(jwt);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return out.toByteArray();
    }
}
