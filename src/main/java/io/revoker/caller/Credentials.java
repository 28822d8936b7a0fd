package io.revoker.caller;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The credentials of a request: in its Authorization header, or in the form that is its body. */
public sealed interface Credentials {

    /** No header, or a blank one. */
    record None() implements Credentials {}

    /**
     * A header without a client's id and secret: another scheme, broken base64, no colon, no secret, more than 8 KiB.
     */
    record Unusable(Scheme scheme) implements Credentials {}

    /**
     * An id and a secret.
     *
     * @param claims the raw interpretation, followed by the form-urlencoded one of RFC 6749 2.3.1 if that differs; one
     * or two
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
     * A JWT that a client has signed (RFC 7523, section 2.2).
     *
     * @param id that was sent beside it, if any
     */
    record Assertion(Optional<String> id, String jwt) implements Credentials {
        @Override
        public String toString() {
            return "an assertion";
        }
    }

    /**
     * The certificate of a connection, which an authority that is trusted has issued (RFC 8705, section 2.1).
     *
     * @param id that was sent in the form
     */
    record Certificate(String id, X509Certificate shown) implements Credentials {}

    /**
     * Parses the value of an Authorization header.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>
     */
    static Credentials parse(Optional<String> header) {
        return AuthorizationHeader.parse(header.orElse(""));
    }

    /** The credentials in the fields of a form, which are decoded already. */
    static Credentials ofForm(String id, String secret) {
        return Claim.of(id, secret)
                .<Credentials>map(claim -> new Presented(Scheme.FORM, List.of(claim)))
                .orElseGet(() -> new Unusable(Scheme.FORM));
    }

    /** Calls the function for this kind; the compiler demands one for each kind. */
    default <T> T match(
            Function<None, T> none,
            Function<Unusable, T> unusable,
            Function<Presented, T> presented,
            Function<Assertion, T> assertion,
            Function<Certificate, T> certificate) {
        if (this instanceof None c) {
            return none.apply(c);
        }
        if (this instanceof Unusable c) {
            return unusable.apply(c);
        }
        if (this instanceof Presented c) {
            return presented.apply(c);
        }
        if (this instanceof Assertion c) {
            return assertion.apply(c);
        }
        return certificate.apply((Certificate) this);
    }

    /** Parses the value of an Authorization header. */
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
                return ClientSecret.decode(Base64.getDecoder().decode(base64));
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

        /** RFC 6749 2.3.1 requires clients to form-encode id and secret before they join them; most do not. */
        private static Stream<Claim> formDecoded(String id, String secret) {
            try {
                return Claim.of(URLDecoder.decode(id, UTF_8), URLDecoder.decode(secret, UTF_8)).stream();
            } catch (IllegalArgumentException e) {
                return Stream.empty();
            }
        }
    }

    /** The known schemes of an Authorization header. */
    public enum Scheme {
        /** RFC 7617. */
        BASIC("Basic"),
        /** Elasticsearch's: the base64 of id, colon and key, as in Basic. */
        API_KEY("ApiKey"),
        /** RFC 6750; not supported. */
        BEARER("Bearer"),
        /** None: they come in a form (RFC 6749, section 2.3.1). */
        FORM("client_secret_post"),
        /** None: a JWT comes in a form (RFC 7523, section 2.2). */
        ASSERTION("private_key_jwt"),
        /** None: the connection has the certificate (RFC 8705, section 2.1). */
        CERTIFICATE("tls_client_auth"),
        /** Any other; its name is not kept, because it may be a secret sent without a scheme. */
        OTHER("other");

        private final String wireName;

        Scheme(String wireName) {
            this.wireName = wireName;
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
     * One interpretation of a header: the claim to be the client with this id.
     *
     * @param id 1 to 256 characters, none of them a colon or a control character
     */
    public record Claim(String id, ClientSecret secret) {

        /** The claim; empty if no client can have that id or that secret. */
        static Optional<Claim> of(String id, String secret) {
            return Optional.of(id)
                    .filter(ClientId::isValid)
                    .flatMap(valid -> ClientSecret.of(secret).map(hidden -> new Claim(valid, hidden)));
        }
    }

    /** The syntax of an id: RFC 7617 ends it at the first colon and forbids control characters. */
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
