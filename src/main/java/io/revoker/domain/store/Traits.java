package io.revoker.domain.store;

import io.revoker.domain.Grant;
import io.revoker.domain.Selector;
import io.revoker.domain.Token;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What decides which marks cover a token, or one of the tokens of a grant. Keeps the ids of the marks of its holder
 * once they were asked for.
 */
public final class Traits {
    private final UserInRealm holder;
    private final Grant.Facts facts;
    private final Set<TokenKind> kinds;
    private @Nullable HolderMarks marks;

    /** @param kinds of the tokens */
    public Traits(UserInRealm holder, Grant.Facts facts, Set<TokenKind> kinds) {
        this.holder = holder;
        this.facts = facts;
        this.kinds = Set.copyOf(kinds);
    }

    public static Traits of(Token token) {
        return new Traits(token.holder(), token.facts(), Set.of(token.kind()));
    }

    public static Traits of(Grant grant) {
        return new Traits(grant.holder(), grant.facts(), grant.kinds());
    }

    public UserInRealm holder() {
        return holder;
    }

    public Grant.Facts facts() {
        return facts;
    }

    public Set<TokenKind> kinds() {
        return kinds;
    }

    /** The ids of the marks of its holder. Two threads may both make them: they are the same. */
    public HolderMarks ofHolder() {
        HolderMarks made = marks;
        if (made == null) {
            made = HolderMarks.of(holder);
            marks = made;
        }
        return made;
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
        HolderMarks own = ofHolder();
        return LongStream.of(MarkId.ALL, own.realm(), own.user(), own.both());
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
