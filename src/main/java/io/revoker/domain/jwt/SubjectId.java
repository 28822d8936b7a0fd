package io.revoker.domain.jwt;

import io.revoker.domain.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A user as other systems name one (RFC 9493): in the formats that can do so. */
public sealed interface SubjectId {
    /** The formats, as messages name them. */
    String FORMATS = "iss_sub, opaque or email";

    /** What the user is called. */
    String name();

    /** All that it may mean: this one first. */
    default List<SubjectId> spellings() {
        return List.of(this);
    }

    /** The user that an issuer gave that subject (section 3.2.3). */
    record OfIssuer(String issuer, String subject) implements SubjectId {
        @Override
        public String name() {
            return subject;
        }
    }

    /**
     * The user of that name: an opaque id (section 3.2.4), or an email address that is the name (section 3.2.2).
     *
     * @param format {@code opaque} or {@code email}
     */
    record Named(String user, String format) implements SubjectId {
        @Override
        public String name() {
            return user;
        }

        /**
         * An address as it is written, and with its domain in lower case, as most issuers write it: it is the same
         * address (RFC 9493, section 3.2.2.1; RFC 5321, section 2.4). Only its domain can tell what the rest means.
         * Names are compared as they are written, so one that has upper case in its domain is not found by an address
         * without.
         */
        @Override
        public List<SubjectId> spellings() {
            int domain = user.lastIndexOf('@') + 1;
            String lower = user.substring(0, domain) + user.substring(domain).toLowerCase(Locale.ROOT);
            return format.equals("email") && domain > 0 && !lower.equals(user)
                    ? List.of(this, new Named(lower, format))
                    : List.of(this);
        }
    }

    /**
     * Reads one. Fails with a {@link Problem} of kind INVALID if it has another format, or lacks a member of its own.
     *
     * @param members its texts, by name
     */
    static SubjectId read(Function<String, Optional<String>> members) {
        String format = required(members, "format");
        return switch (format) {
            case "iss_sub" -> new OfIssuer(required(members, "iss"), required(members, "sub"));
            case "opaque" -> new Named(required(members, "id"), format);
            case "email" -> new Named(required(members, "email"), format);
            default -> throw Problem.invalid("format: another one (expected: " + FORMATS + ")");
        };
    }

    private static String required(Function<String, Optional<String>> members, String name) {
        return members.apply(name).orElseThrow(() -> Problem.invalid(name + ": missing (expected: text)"));
    }
}
