package io.revoker.jwt.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Sha256;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last good keys of one realm in a file, so that a start does not depend on its issuer. The file names the
 * issuer and the place of the keys, and is good for no other. It is written as a whole or not at all.
 */
public final class KeyStore {
    private static final Logger LOG = LoggerFactory.getLogger(KeyStore.class);
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MOST_BYTES = 2 * KeySet.MAX_BYTES;

    private final Vertx vertx;
    private final RealmId realm;
    private final String issuer;
    private final String place;
    private final Optional<Path> file;

    /** Keys, and when they were fetched. */
    record Kept(KeySet keys, Instant fetched) {}

    /** @param directory absent to keep nothing, and then nothing is read */
    public KeyStore(Vertx vertx, RealmId realm, String issuer, KeyPlace place, Optional<Path> directory) {
        this.vertx = vertx;
        this.realm = realm;
        this.issuer = issuer;
        this.place = place instanceof KeyPlace.Web web ? web.url().toString() : "";
        this.file = directory.filter(given -> !this.place.isEmpty()).map(given -> given.resolve(name() + ".json"));
    }

    private String name() {
        ByteBuffer hash = Sha256.of(issuer + '\0' + place);
        byte[] bytes = new byte[hash.remaining()];
        hash.get(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Empty if there are none, or none that can be used. */
    Future<Optional<Kept>> read() {
        return file.map(path -> vertx.executeBlocking(() -> read(path), false))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private Optional<Kept> read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] json = in.readNBytes(MOST_BYTES + 1);
            return StrictJson.object(json).filter(this::isOurs).map(kept -> kept(kept));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | Problem e) {
            warn("read", e);
            return Optional.empty();
        }
    }

    private boolean isOurs(JsonNode kept) {
        return kept.path("issuer").asText().equals(issuer)
                && kept.path("jwks").asText().equals(place);
    }

    private static Kept kept(JsonNode kept) {
        KeySet keys = KeySet.read(kept.path("set").toString().getBytes(StandardCharsets.UTF_8));
        return new Kept(keys, Instant.ofEpochSecond(kept.path("fetched").asLong()));
    }

    /** Begins to write; a failure is logged. */
    Future<Void> write(Kept kept) {
        return file.map(path ->
                        vertx.executeBlocking(() -> write(path, kept), false).<Void>mapEmpty())
                .orElseGet(Future::succeededFuture);
    }

    private boolean write(Path path, Kept kept) {
        try {
            Path directory = Files.createDirectories(path.toAbsolutePath().getParent());
            Path written = Files.createTempFile(directory, "keys", ".tmp");
            try {
                Files.write(written, text(kept));
                Files.move(written, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
            return true;
        } catch (IOException e) {
            warn("written", e);
            return false;
        }
    }

    private byte[] text(Kept kept) throws IOException {
        ObjectNode text = MAPPER.createObjectNode()
                .put("issuer", issuer)
                .put("jwks", place)
                .put("fetched", kept.fetched().getEpochSecond());
        text.set("set", MAPPER.readTree(kept.keys().publicParts()));
        return MAPPER.writeValueAsBytes(text);
    }

    private void warn(String what, Exception cause) {
        LOG.atWarn()
                .addKeyValue("realm", realm)
                .addKeyValue("cause", cause.toString())
                .log("kept keys not {}", what);
    }
}
