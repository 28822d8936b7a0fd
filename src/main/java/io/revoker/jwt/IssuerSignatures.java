package io.revoker.jwt;

import io.revoker.domain.Problem;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.revoker.jwt.compact.SignedText;
import io.revoker.jwt.keys.Key;
import io.revoker.jwt.keys.KeySet;
import io.revoker.jwt.keys.RealmKeys;
import io.revoker.jwt.signatures.SignatureWork;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a signature is that of the owner of some keys, an issuer, a client or a reporter: by the keys that
 * are known; or, if another key may have made it, by those that are fetched for it.
 */
record IssuerSignatures(RealmKeys keys, SignatureWork work) {
    /** Whose signature it is. */
    enum Signer {
        /** Of the keys. */
        OWNER,
        SOMEBODY_ELSE
    }

    /**
     * What was found.
     *
     * @param by the keys that decided it, and would decide the same again; empty if others may decide otherwise
     */
    record Decision(Signer signer, Optional<KeySet> by) {}

    /** Fails with a {@link Problem} while the keys that are needed could not be fetched. */
    Future<Decision> decide(Header header, SignedText text, Purpose purpose) {
        Signed signed = new Signed(header, text, purpose);
        RealmKeys.State known = keys.state();
        return decided(signed, known)
                .compose(now -> now.map(Future::succeededFuture)
                        .orElseGet(() -> keys.fetchIfDue().compose(state -> decidedAtLast(signed, known, state))));
    }

    private record Signed(Header header, SignedText text, Purpose purpose) {
        boolean isBy(List<Key> candidates) {
            byte[] message = text.signed();
            return text.signature()
                    .map(signature ->
                            candidates.stream().anyMatch(key -> key.verifies(header.algorithm(), message, signature)))
                    .orElse(false);
        }
    }

    private Future<Optional<Decision>> decided(Signed signed, RealmKeys.State state) {
        return state.keys().map(set -> decided(signed, set)).orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private Future<Optional<Decision>> decided(Signed signed, KeySet set) {
        List<Key> candidates =
                set.candidates(signed.header().algorithm(), signed.header().keyId());
        return work.verify(signed.purpose(), candidates, () -> signed.isBy(candidates))
                .map(holds -> holds
                        ? Optional.of(new Decision(Signer.OWNER, Optional.of(set)))
                        : refused(signed, set, candidates));
    }

    /** Empty if another key may have signed it: its id is unknown, or it has none and the known keys did not. */
    private static Optional<Decision> refused(Signed signed, KeySet set, List<Key> candidates) {
        boolean certain = !candidates.isEmpty() && signed.header().keyId().isPresent();
        return certain ? Optional.of(new Decision(Signer.SOMEBODY_ELSE, Optional.of(set))) : Optional.empty();
    }

    /** The same keys would say the same again. */
    private Future<Decision> decidedAtLast(Signed signed, RealmKeys.State tried, RealmKeys.State state) {
        return state.keys().equals(tried.keys()) ? undecided(state) : decidedBy(signed, state);
    }

    private Future<Decision> decidedBy(Signed signed, RealmKeys.State state) {
        return decided(signed, state)
                .compose(found -> found.map(Future::succeededFuture).orElseGet(() -> undecided(state)));
    }

    private Future<Decision> undecided(RealmKeys.State state) {
        return state.last() == RealmKeys.Outcome.FETCHED
                ? Future.succeededFuture(new Decision(Signer.SOMEBODY_ELSE, Optional.empty()))
                : Future.failedFuture(Problem.unavailable("keys: not fetched (expected: those of "
                        + keys.ownerKind().text() + "); nothing is known of what other keys have signed"));
    }
}
