package io.revoker.caller;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the Authorization header of a request holds. */
public sealed interface Credentials {

    /** No header, or a blank one. */
    record None() implements Credentials {}

    /** A header that names no client: another scheme, broken base64, no colon, no secret, more than 8 KiB. */
    record Unusable(Scheme scheme) implements Credentials {}

    /**
     * An id and a secret.
     *
     * @param claims the raw reading, and after it the form-urlencoded one of RFC 6749 2.3.1 where it differs; one or two
     */
    record Presented(Scheme scheme, List<Claim> claims) implements Credentials {
        public Presented {
            claims = List.copyOf(claims);
        }

        /** The id as it was sent; it may be one that no client has. */
        public String id() {
            return claims.get(0).id();
        }
    }

    /**
     * Reads the value of an Authorization header.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>
     */
    static Credentials parse(Optional<String> header) {
        return AuthorizationHeader.parse(header.orElse(""));
    }

    /** Calls the function that fits; the compiler demands one for each kind. */
    default <T> T match(Function<None, T> none, Function<Unusable, T> unusable, Function<Presented, T> presented) {
        if (this instanceof None c) {
            return none.apply(c);
        }
        if (this instanceof Unusable c) {
            return unusable.apply(c);
        }
        return presented.apply((Presented) this);
    }

    /** Reads the value of an Authorization header. */
    static final class AuthorizationHeader {
        private static final int MAX_LENGTH = 8 * 1024;

        private AuthorizationHeader() {}

        static Credentials parse(String header) {
            if (header.isBlank()) {
                return new Credentials.None();
            }
            String[] parts = header.strip().split("[ \t]+", 2);
            Scheme scheme = Scheme.named(parts[0]);
            if (!scheme.isSupported() || parts.length < 2 || header.length() > MAX_LENGTH) {
                return new Credentials.Unusable(scheme);
            }
            List<Claim> claims = decoded(parts[1]).stream()
                    .flatMap(AuthorizationHeader::claims)
                    .toList();
            return claims.isEmpty() ? new Credentials.Unusable(scheme) : new Credentials.Presented(scheme, claims);
        }

        private static Optional<String> decoded(String base64) {
            try {
                return Secret.decode(Base64.getDecoder().decode(base64));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private static Stream<Claim> claims(String idAndSecret) {
            int colon = idAndSecret.indexOf(':');
            if (colon < 0) {
                return Stream.empty();
            }
            String id = idAndSecret.substring(0, colon);
            String secret = idAndSecret.substring(colon + 1);
            Stream<Claim> raw = Claim.of(id, secret).stream();
            return isPlain(idAndSecret) ? raw : Stream.concat(raw, formDecoded(id, secret));
        }

        private static boolean isPlain(String idAndSecret) {
            return idAndSecret.indexOf('%') < 0 && idAndSecret.indexOf('+') < 0;
        }

        /** RFC 6749 2.3.1 has clients encode id and secret with the form encoding before they join them; most do not. */
        private static Stream<Claim> formDecoded(String id, String secret) {
            try {
                return Claim.of(URLDecoder.decode(id, UTF_8), URLDecoder.decode(secret, UTF_8)).stream();
            } catch (IllegalArgumentException e) {
                return Stream.empty();
            }
        }
    }

    /** The schemes of an Authorization header that are told apart. */
    public enum Scheme {
        /** RFC 7617. */
        BASIC("Basic"),
        /** Elasticsearch's: the base64 of id, colon and key, as in Basic. */
        API_KEY("ApiKey"),
        /** RFC 6750; not supported. */
        BEARER("Bearer"),
        /** Any other; its name is not kept, because it may be a secret sent without a scheme. */
        OTHER("other");

        private final String wireName;

        Scheme(String wireName) {
            this.wireName = wireName;
        }

        /** The name in the header. */
        public String wireName() {
            return wireName;
        }

        static Scheme named(String name) {
            return Arrays.stream(values())
                    .filter(scheme -> scheme.wireName.equalsIgnoreCase(name))
                    .findFirst()
                    .orElse(OTHER);
        }

        boolean isSupported() {
            return this == BASIC || this == API_KEY;
        }
    }

    /**
     * One reading of what a header claims: to be the client of this id.
     *
     * @param id 1 to 256 characters, none of them a colon or a control character
     */
    public record Claim(String id, Secret secret) {

        /** The reading; nothing if no client could have that id or that secret. */
        static Optional<Claim> of(String id, String secret) {
            return Optional.of(id)
                    .filter(ClientId::isValid)
                    .flatMap(valid -> Secret.of(secret).map(hidden -> new Claim(valid, hidden)));
        }
    }

    /** What an id may be: RFC 7617 ends it at the first colon and forbids control characters. */
    static final class ClientId {
        static final String EXPECTED = "1 to 256 characters without ':' and control characters";
        private static final int MAX_LENGTH = 256;

        private ClientId() {}

        static boolean isValid(String id) {
            return !id.isEmpty()
                    && id.length() <= MAX_LENGTH
                    && id.indexOf(':') < 0
                    && id.chars().noneMatch(Character::isISOControl);
        }
    }
}
