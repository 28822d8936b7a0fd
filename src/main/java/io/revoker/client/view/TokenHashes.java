package io.revoker.client.view;

import java.util.Optional;
import java.util.stream.LongStream;

/** All hashes that a token may have been revoked by. */
final class TokenHashes {
    private final LongStream.Builder tokens = LongStream.builder();
    private final LongStream.Builder marks = LongStream.builder();
    private final LongStream.Builder selections = LongStream.builder();
    private final Optional<String> realm;
    private final Optional<String> user;

    /** Begins with the token itself, and with the marks of its realm and its user. */
    TokenHashes(String token, Optional<String> realm, Optional<String> user) {
        this.realm = realm.flatMap(CanonicalName::of);
        this.user = user.flatMap(CanonicalName::of);
        tokens.add(Hashes.registered(token));
        marks.add(Hashes.ALL);
        this.realm.ifPresent(name -> {
            marks.add(Hashes.ofRealm(name));
            if (Hashes.isJwt(token)) {
                tokens.add(Hashes.jwt(name, token));
            }
        });
        this.user.ifPresent(name -> marks.add(Hashes.ofUser(name)));
        if (isComplete()) {
            marks.add(Hashes.ofHolder(this.realm.orElseThrow(), this.user.orElseThrow()));
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

    long[] tokens() {
        return tokens.build().toArray();
    }

    long[] marks() {
        return marks.build().toArray();
    }

    long[] selections() {
        return selections.build().toArray();
    }
}
