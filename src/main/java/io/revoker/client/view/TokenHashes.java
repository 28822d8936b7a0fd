package io.revoker.client.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All hashes that a token may have been revoked by. */
final class TokenHashes {
    private final long token;
    private final List<Long> tokens = new ArrayList<>();
    private final List<Long> selections = new ArrayList<>();
    private final Optional<String> realm;
    private final Optional<String> user;

    /** Begins with the token itself, and with the marks of its realm and its user. */
    TokenHashes(String text, Optional<String> realm, Optional<String> user) {
        byte[] identity = Hashes.identity(text);
        this.token = Hashes.registered(identity);
        this.realm = realm.flatMap(CanonicalName::of);
        this.user = user.flatMap(CanonicalName::of);
        if (Hashes.isJwt(text)) {
            this.realm.ifPresent(name -> tokens.add(Hashes.jwt(name, identity)));
        }
    }

    /** Whether both names are known. */
    boolean isComplete() {
        return realm.isPresent() && user.isPresent();
    }

    /** Adds the marks of selections by a property. */
    void select(Hashes.Property property, Optional<String> value) {
        value.filter(some -> !some.isEmpty())
                .ifPresent(some -> realm.ifPresent(name -> {
                    selections.add(Hashes.ofSelected(name, property, some));
                    user.ifPresent(holder -> selections.add(Hashes.ofSelected(name, holder, property, some)));
                }));
    }

    /** Adds the JWT by its id. */
    void named(String jti) {
        realm.ifPresent(name -> tokens.add(Hashes.jti(name, jti)));
    }

    long token() {
        return token;
    }

    /** Of the mark of the realm; of a name that is not known, that of everything, which means it, too. */
    long realm() {
        return realm.map(Hashes::ofRealm).orElse(Hashes.ALL);
    }

    long user() {
        return user.map(Hashes::ofUser).orElse(Hashes.ALL);
    }

    long holder() {
        return isComplete() ? Hashes.ofHolder(realm.orElseThrow(), user.orElseThrow()) : Hashes.ALL;
    }

    int otherTokens() {
        return tokens.size();
    }

    /** Further ones of the token, then those of marks of selections. */
    long[] others() {
        return Stream.concat(tokens.stream(), selections.stream())
                .mapToLong(Long::longValue)
                .toArray();
    }
}
