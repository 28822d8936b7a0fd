package io.revoker.domain.store;

import io.revoker.domain.Selector;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import java.time.Instant;
import java.util.Optional;

/**
 * Which tokens of its holders a target means.
 *
 * @param selector what they have in common; empty if nothing
 * @param issuedBefore when they must have been issued before; empty if at any time
 */
public record Choice(Optional<Selector> selector, Optional<Instant> issuedBefore) {
    /** All of them. */
    public static final Choice ALL = new Choice(Optional.empty(), Optional.empty());

    public static Choice of(Target target) {
        if (target instanceof Target.IssuedBefore some) {
            return new Choice(of(some.base()).selector(), Optional.of(some.instant()));
        }
        return target instanceof Target.Selected some
                ? new Choice(Optional.of(some.selector()), Optional.empty())
                : ALL;
    }

    public boolean isAll() {
        return equals(ALL);
    }

    /** Whether the facts of a grant matter, and not only the kinds of its tokens. */
    public boolean needsFacts() {
        return issuedBefore.isPresent()
                || selector.filter(some -> some.by() != Selector.By.KIND).isPresent();
    }

    /** Whether it means tokens of that kind, of a grant that it {@linkplain #selects selects}. */
    public boolean includes(TokenKind kind) {
        return selector.isEmpty() || selector.get().includes(kind);
    }

    /** Whether it means tokens of a grant. */
    public boolean selects(Traits grant) {
        return (selector.isEmpty() || grant.selectors().anyMatch(selector.get()::equals))
                && (issuedBefore.isEmpty() || grant.facts().issuedAt().isBefore(issuedBefore.get()));
    }
}
