package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.cli.terminal.CommandFailure;
import java.util.Optional;

/**
 * What a revocation is aimed at.
 *
 * @param document with the target, as the service takes it
 * @param words for the person
 * @param retyped what a person has to type before it is done: the realm's name, if it hits more than one user
 */
record Aim(ObjectNode document, String words, Optional<String> retyped) {
    private static final String TARGET = "target";
    private static final String JTI = "jti";
    private static final String ALL = "all";
    private static final String EVERYTHING = "everything";

    static Aim ofRealm(String realm) {
        return of(put(object(), "realm_name", realm), "realm " + realm, Optional.of(realm));
    }

    static Aim ofUser(String user, Optional<String> realm) {
        ObjectNode target = put(object(), "username", user);
        realm.ifPresent(name -> put(target, "realm_name", name));
        return of(
                target,
                "user " + user + realm.map(name -> " in realm " + name).orElse(" in every realm"),
                Optional.empty());
    }

    /** Some tokens of a realm: those of all its users. */
    static Aim ofRealm(String realm, String field, String word, String value) {
        return of(
                put(put(object(), "realm_name", realm), field, value),
                word + " " + value + " in realm " + realm,
                Optional.of(realm));
    }

    static Aim ofSession(String session, String user, String realm) {
        return of(
                put(put(put(object(), "realm_name", realm), "username", user), "session_id", session),
                "session " + session + " of user " + user + " in realm " + realm,
                Optional.empty());
    }

    static Aim ofToken(String token) {
        return of(object().put("token", token), "the token", Optional.empty());
    }

    /** A JWT by its id. */
    static Aim ofToken(String realm, String jti) {
        return of(
                put(put(object(), "realm_name", realm), JTI, jti),
                "the token with the jti " + jti + " in realm " + realm,
                Optional.empty());
    }

    private static Aim of(ObjectNode target, String words, Optional<String> retyped) {
        return new Aim(object().set(TARGET, target), words, retyped);
    }

    /** The same, of tokens that were issued before a time only. */
    Aim of(OlderTokens older) {
        return older.time()
                .map(time ->
                        new Aim(older.addTo(document.deepCopy()), words + RevocationText.issuedBefore(time), retyped))
                .orElse(this);
    }

    /** Every token of every realm. */
    static Aim ofAll() {
        return of(object().put(ALL, true), EVERYTHING, Optional.of(EVERYTHING));
    }

    boolean isOfAll() {
        return target().has(ALL);
    }

    ObjectNode target() {
        return (ObjectNode) document.path(TARGET);
    }

    /** What is said of a count that is not exact. */
    String uncounted() {
        return target().has(JTI)
                ? "; it counts as one, whether there is such a token or not"
                : ", and unregistered JWTs";
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return words;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode put(ObjectNode target, String field, String name) {
        return target.put(field, readable(field, name));
    }

    /** With another character set than the terminal's, Java puts a question mark or U+FFFD where it can't read. */
    private static String readable(String field, String name) {
        boolean lossy = !"UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding", "UTF-8"));
        if (name.isBlank() || name.contains("\uFFFD") || (lossy && name.contains("?"))) {
            throw CommandFailure.usage(field + ": blank, or unreadable in this locale (expected: a name, in UTF-8)");
        }
        return name;
    }
}
