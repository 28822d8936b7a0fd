package io.revoker.domain.store;

import io.revoker.domain.Grant;
import io.revoker.domain.Selector;
import io.revoker.domain.Token;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What decides which marks cover a token, or one of the tokens of a grant.
 *
 * @param kinds of the tokens
 */
public record Traits(UserInRealm holder, Grant.Facts facts, Set<TokenKind> kinds) {
    public Traits {
        kinds = Set.copyOf(kinds);
    }

    public static Traits of(Token token) {
        return new Traits(token.holder(), token.facts(), Set.of(token.kind()));
    }

    public static Traits of(Grant grant) {
        return new Traits(grant.holder(), grant.facts(), grant.kinds());
    }

    /** Those of its tokens of one kind. */
    public Traits only(TokenKind kind) {
        return new Traits(holder, facts, Set.of(kind));
    }

    /** Everything that it can be selected by. */
    public Stream<Selector> selectors() {
        return Stream.of(
                        kinds.stream().map(Selector::of),
                        by(Selector.By.CLIENT, facts.clientId()),
                        by(Selector.By.SESSION, facts.session()),
                        kinds.contains(TokenKind.ACCESS)
                                ? by(Selector.By.KEY, facts.credential().keyId())
                                : Stream.<Selector>of())
                .flatMap(selectors -> selectors);
    }

    /** The bits of the ids of the marks of its holder, and of everything. */
    public LongStream marks() {
        return LongStream.of(
                MarkId.ALL, MarkId.ofRealm(holder.realm()), MarkId.ofUser(holder.user()), MarkId.ofHolder(holder));
    }

    /** The bits of the ids of the marks of selections that it may be in. */
    public LongStream marksOfSelections() {
        return selectors()
                .flatMapToLong(selector -> LongStream.of(
                        MarkId.ofSelected(holder.realm(), selector), MarkId.ofSelected(holder, selector)));
    }

    private static Stream<Selector> by(Selector.By by, String value) {
        return value.isEmpty() ? Stream.of() : Stream.of(new Selector(by, value));
    }
}
