package io.revoker.audit.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.revoker.domain.Sha256;
import io.revoker.domain.audit.AuditRequests.Link;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * An entry as a line: a JSON object whose first members are its chain and its number there, and whose last are the hash
 * of the entry before it, and its own. That is the SHA-256, in base64url, of the line without the member {@code hash}.
 *
 * @param isWhole whether the hash is that of the line
 * @param continued the end of another chain that this one continues, because the store had lost it
 */
public record ChainedLine(String chain, Link link, String previous, boolean isWhole, Optional<End> continued) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 9;
    private static final String CONTINUES = "continues";
    private static final String HASH = ",\"hash\":\"";
    private static final int HASH_LENGTH = 43;
    private static final int END = HASH.length() + HASH_LENGTH + 2;

    /** The end of a chain. */
    public record End(String chain, Link link) {
        /** The type of a JWS that signs one. */
        public static final String TYPE = "revoker-audit-head+jwt";

        /** The one in an object that has its members, whatever else it has. */
        public static End of(JsonNode object) {
            return new End(object.path("chain").asText(), ChainedLine.link(object));
        }

        /** Of a JSON object, without its braces. */
        public String members() {
            return "\"chain\":\"" + chain + "\",\"number\":" + link.number() + ",\"hash\":\"" + link.hash() + '"';
        }
    }

    /** A line that was written, and its place. */
    public record Written(String line, Link link) {}

    /** The id of a new chain. */
    public static String newChain() {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    /**
     * Writes the next entry of a chain.
     *
     * @param members of a JSON object, without its braces
     */
    public static Written write(String chain, Link before, String members) {
        long number = before.number() + 1;
        String rest = "{\"chain\":\"" + chain + "\",\"number\":" + number + ',' + members + ",\"previous\":\""
                + before.hash() + '"';
        String hash = hash(rest + '}');
        return new Written(rest + HASH + hash + "\"}", new Link(number, hash));
    }

    /** Members for the first entry of a chain, to follow others: which chain it continues. */
    public static String continuing(End end) {
        return ",\"" + CONTINUES + "\":{" + end.members() + '}';
    }

    /** Empty if it is no entry any more. */
    public static Optional<ChainedLine> read(String line) {
        try {
            JsonNode entry = MAPPER.readTree(line);
            return entry.isObject() && entry.path("number").isIntegralNumber()
                    ? Optional.of(new ChainedLine(
                            entry.path("chain").asText(),
                            link(entry),
                            entry.path("previous").asText(),
                            isWhole(line),
                            Optional.of(entry.path(CONTINUES))
                                    .filter(JsonNode::isObject)
                                    .map(End::of)))
                    : Optional.empty();
        } catch (JsonProcessingException altered) {
            return Optional.empty();
        }
    }

    private static Link link(JsonNode object) {
        return new Link(object.path("number").asLong(), object.path("hash").asText());
    }

    private static boolean isWhole(String line) {
        int end = line.length() - END;
        return end > 0
                && line.startsWith(HASH, end)
                && line.endsWith("\"}")
                && hash(line.substring(0, end) + '}').equals(line.substring(end + HASH.length(), line.length() - 2));
    }

    private static String hash(String text) {
        byte[] digest = new byte[32];
        Sha256.of(text).get(digest);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }
}
