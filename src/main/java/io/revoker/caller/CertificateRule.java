package io.revoker.caller;

import io.revoker.caller.StrictDocument.Problems;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/**
 * What a client's certificate must say (RFC 8705, section 2.1.2): one name, whichever trusted authority has
 * issued it.
 */
record CertificateRule(Kind kind, String name) {
    static final String KEY = "certificate";
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]*[:.][0-9a-fA-F:.]*");

    /** The names of a certificate, with their types in RFC 5280, section 4.2.1.6. */
    enum Kind {
        SUBJECT_DN("subject-dn", 4),
        SAN_DNS("san-dns", 2),
        SAN_URI("san-uri", 6),
        SAN_IP("san-ip", 7),
        SAN_EMAIL("san-email", 1);

        private static final List<String> NAMES =
                Stream.of(values()).map(kind -> kind.wireName).toList();

        private final String wireName;
        private final int type;

        Kind(String wireName, int type) {
            this.wireName = wireName;
            this.type = type;
        }
    }

    /** The rule of a client's entry; empty, with the problems noted, if there is none that can be used. */
    static Optional<CertificateRule> read(DocumentFields certificate, Problems problems) {
        if (!certificate.isObjectOf(Kind.NAMES)) {
            return Optional.empty();
        }
        List<Kind> given = Stream.of(Kind.values())
                .filter(kind -> certificate.has(kind.wireName))
                .toList();
        if (given.size() != 1) {
            problems.add(certificate.place("names"), given.size() + " (expected: one of " + Kind.NAMES + ")");
            return Optional.empty();
        }
        Kind kind = given.get(0);
        return certificate.text(kind.wireName).flatMap(name -> {
            Optional<String> canonical = canonical(kind, name);
            if (canonical.isEmpty()) {
                problems.add(certificate.place(kind.wireName), "malformed (expected: as in a certificate)");
            }
            return canonical.map(text -> new CertificateRule(kind, text));
        });
    }

    boolean admits(X509Certificate certificate) {
        return names(certificate)
                .flatMap(text -> canonical(kind, text).stream())
                .anyMatch(name::equals);
    }

    private Stream<String> names(X509Certificate certificate) {
        if (kind == Kind.SUBJECT_DN) {
            return Stream.of(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253));
        }
        return alternatives(certificate).stream()
                .filter(entry -> Objects.equals(entry.get(0), kind.type))
                .map(entry -> entry.get(1).toString());
    }

    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    /** The same text for the same name; empty if it is none. */
    private static Optional<String> canonical(Kind kind, String name) {
        try {
            return Optional.of(
                            switch (kind) {
                                case SUBJECT_DN -> new X500Principal(name).getName(X500Principal.CANONICAL);
                                case SAN_DNS -> name.toLowerCase(Locale.ROOT);
                                case SAN_URI, SAN_EMAIL -> name;
                                case SAN_IP -> address(name);
                            })
                    .filter(text -> !text.isEmpty());
        } catch (IllegalArgumentException | UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    /** Nothing else than an address, so that no name is looked up. */
    private static String address(String name) throws UnknownHostException {
        return ADDRESS.matcher(name).matches() ? InetAddress.getByName(name).getHostAddress() : "";
    }
}
