package io.revoker.http.tokens;

import io.revoker.bus.StatusListBus;
import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Problem;
import io.revoker.domain.Signature;
import io.revoker.domain.TokenKind;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.statuslists.StatusListStore.Wanted;
import io.revoker.domain.statuslists.StatusReference;
import io.revoker.domain.statuslists.StatusRequests.Allocate;
import io.revoker.domain.statuslists.StatusRequests.Attach;
import io.revoker.domain.statuslists.StatusRequests.Attached;
import io.revoker.domain.statuslists.StatusSubject;
import io.revoker.domain.statuslists.StatusSubject.Issuer;
import io.revoker.http.single.StatusSettings;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Gives tokens that are registered their places in status lists: the access token of a grant, if it has one. An index
 * that was allocated before is given to its token before the token is registered, so that no revocation comes in
 * between; a new one after that, when it is certain that there is a token, and then its state is looked at.
 */
record TokenStatuses(StatusListBus bus, StatusSettings settings, JwtVerifier jwts, Tries tries) {
    /** The same, which tries otherwise. */
    TokenStatuses with(Tries others) {
        return new TokenStatuses(bus, settings, jwts, others);
    }

    /**
     * What was done before the registration.
     *
     * @param reference that the token has now; empty if none was allocated before
     * @param refusal why it can't have it
     */
    record Given(Optional<StatusReference> reference, Optional<DocumentAnswer> refusal) {
        private static final Given NOTHING = new Given(Optional.empty(), Optional.empty());

        private static Given refused(String detail) {
            return new Given(Optional.empty(), Optional.of(DocumentAnswer.problem(409, detail)));
        }
    }

    /** Before the registration. */
    Future<Given> attach(WantedStatus wanted, Grant grant) {
        if (settings.uris().isEmpty() && wanted.isAsked()) {
            return Future.failedFuture(
                    Problem.invalid("status_list: there are no status lists (expected: status-list.enabled)"));
        }
        return settings.uris()
                .flatMap(wanted::given)
                .map(reference -> attach(reference, grant))
                .orElseGet(() -> Future.succeededFuture(Given.NOTHING));
    }

    private Future<Given> attach(StatusReference reference, Grant grant) {
        Granted token = grant.first();
        return tries.of(() -> bus.attach(new Attach(reference, token.id(), subject(grant), token.expiresAt())))
                .map(attached -> given(attached, reference));
    }

    private static Given given(Attached attached, StatusReference reference) {
        return switch (attached.outcome()) {
            case DONE -> new Given(Optional.of(reference), Optional.empty());
            case UNKNOWN ->
                throw Problem.invalid("status_list: not allocated for such a token (expected: an index"
                        + " that POST /v1/status-allocations returned)");
            case TAKEN -> Given.refused("status_list: the index of another token (expected: one of its own)");
            case REVOKED -> Given.refused("status_list: revoked since it was allocated (expected: a fresh index)");
        };
    }

    /**
     * After the registration: the answer with the index. One that was allocated before may have died meanwhile, by a
     * revocation that came before the token, which is then not valid in the list and must not be issued.
     */
    Future<DocumentAnswer> answered(WantedStatus wanted, Given given, Grant grant, DocumentAnswer answer) {
        if (answer.status() >= 300 || settings.uris().isEmpty()) {
            return Future.succeededFuture(answer);
        }
        if (given.reference().isPresent()) {
            return attach(given.reference().get(), grant)
                    .map(again -> again.refusal()
                            .orElseGet(() -> with(given.reference().get(), answer)));
        }
        return wanted.isAsked()
                ? allocate(grant).map(reference -> with(reference, answer))
                : Future.succeededFuture(answer);
    }

    private DocumentAnswer with(StatusReference reference, DocumentAnswer answer) {
        settings.uris().ifPresent(uris -> answer.body().set("status_list", StatusSettings.place(uris, reference)));
        return answer;
    }

    private Future<StatusReference> allocate(Grant grant) {
        Granted token = grant.first();
        Allocate request = new Allocate(
                new Wanted(subject(grant), Optional.of(token.id()), token.expiresAt(), 1, settings.shape()));
        return tries.of(() -> bus.allocate(request))
                .map(allocated -> allocated.references().get(0));
    }

    private StatusSubject subject(Grant grant) {
        TokenKind kind = grant.access().isPresent() ? TokenKind.ACCESS : TokenKind.REFRESH;
        boolean trusted =
                jwts.trusts(grant.holder().realm()) && grant.first().signature().form() == Signature.Form.PRESENT;
        return StatusSubject.of(grant, kind, trusted ? Issuer.TRUSTED : Issuer.OTHER);
    }
}
