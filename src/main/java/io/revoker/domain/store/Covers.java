package io.revoker.domain.store;

import io.revoker.domain.Stamp;
import io.revoker.domain.TokenKind;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the marks say of each token of a grant: a selection by key or by kind means one token of a pair only. */
public record Covers(Map<TokenKind, Cover> each) {
    public Covers {
        each = Map.copyOf(each);
    }

    /** What a function says of the tokens of each kind. */
    public static Covers of(Traits tokens, Function<TokenKind, Cover> cover) {
        return new Covers(tokens.kinds().stream().collect(Collectors.toMap(kind -> kind, cover)));
    }

    /** The newest mark that covers one of them. */
    public Stamp newest() {
        return each.values().stream().map(Cover::newest).reduce(Stamp.NONE, Stamp::newer);
    }

    /** The tokens that are dead because of when they were issued. */
    public Set<TokenKind> tooOld(Instant issuedAt) {
        return each.entrySet().stream()
                .filter(one -> one.getValue().isTooOld(issuedAt))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether all are dead because of when they were issued. */
    public boolean areTooOld(Instant issuedAt) {
        return tooOld(issuedAt).equals(each.keySet());
    }

    /** Whether a registered token is dead. */
    public boolean kill(TokenKind kind, Stamp birth, Instant issuedAt) {
        return each.getOrDefault(kind, Cover.NONE).kills(birth, issuedAt);
    }
}
