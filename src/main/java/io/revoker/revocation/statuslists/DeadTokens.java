package io.revoker.revocation.statuslists;

import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.statuslists.Allocation;
import io.revoker.domain.statuslists.StatusSubject;
import io.revoker.domain.statuslists.StatusSubject.Issuer;
import io.revoker.domain.store.Cover;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.Traits;
import io.revoker.revocation.jwt.CoveringMarks;
import io.revoker.revocation.jwt.IssueTime;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says whether a token is dead that has an index: as new as the acknowledgements of all nodes, like a check of a JWT.
 *
 * <p>A token that is registered is dead if a check says so. And an index is dead by itself, whether its token was
 * registered or not, by every mark that covers its subject and is newer than the index: whether the token was issued
 * before the mark is unknown. So a dead index stays dead, whatever is registered later.
 */
record DeadTokens(TokenStore store, Marks marks) {

    Future<Boolean> has(Allocation allocation) {
        StatusSubject subject = allocation.subject();
        List<TokenId> ids = Stream.concat(allocation.token().stream(), subject.jti().stream())
                .toList();
        Future<Boolean> buried = ids.isEmpty()
                ? Future.succeededFuture(false)
                : store.jwts().isRevoked(subject.holder().realm(), ids);
        Future<Boolean> covered = isCovered(allocation);
        Future<Boolean> invalidated = allocation
                .token()
                .map(id -> store.find(id).compose(this::isDead))
                .orElse(Future.succeededFuture(false));
        return Future.all(buried, covered, invalidated)
                .map(all -> buried.result()
                        || covered.result()
                        || invalidated.result()
                        || marks.remembersAny(subject.holder().realm(), ids));
    }

    /** Whether the index is dead by itself. */
    Future<Boolean> isCovered(Allocation allocation) {
        StatusSubject subject = allocation.subject();
        return covering(subject.traits())
                .map(cover ->
                        cover.kills(allocation.birth(), subject.facts().issuedAt()) || isIssuedBefore(subject, cover));
    }

    private Future<Boolean> isDead(Optional<Token> found) {
        return found.map(token -> covering(Traits.of(token))
                        .map(cover -> token.state() != Token.State.LIVE
                                || marks.isDead(token)
                                || cover.kills(token.birth(), token.facts().issuedAt())))
                .orElse(Future.succeededFuture(false));
    }

    private Future<Cover> covering(Traits token) {
        return new CoveringMarks(store.jwts(), marks).of(token);
    }

    /** Such a JWT is dead even if it was registered later. */
    private static boolean isIssuedBefore(StatusSubject subject, Cover cover) {
        return subject.issuer() == Issuer.TRUSTED
                && new IssueTime(subject.facts().issuedAt()).precedes(cover);
    }
}
