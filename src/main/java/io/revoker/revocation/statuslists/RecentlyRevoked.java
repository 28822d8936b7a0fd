package io.revoker.revocation.statuslists;

import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.statuslists.NamedTokens;
import io.revoker.domain.statuslists.StatusRequests.Begun;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The single tokens that were revoked a short while ago. An instance of an earlier version writes a revocation of one
 * to the log before it carries it out, so the token may still be live when its state is read; and who follows the log
 * from then on learns nothing of it.
 */
record RecentlyRevoked(RevocationLog log, Context context) {
    /** No revocation is acknowledged so long after it was written to the log. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final int MOST_PAGES = 1000;

    Future<Begun> before(Stamp newest, RealmId realm) {
        Promise<List<Long>> done = Promise.promise();
        Stamp from = new Stamp(Math.max(0, newest.micros() - LONGEST.toMillis() * 1000));
        next(from, new Stamp(newest.micros() + 1), new Found(realm, new ArrayList<>()), MOST_PAGES, done);
        return done.future().map(tokens -> new Begun(newest, tokens));
    }

    private void next(Stamp read, Stamp end, Found found, int left, Promise<List<Long>> done) {
        log.between(read, end)
                .onSuccess(page -> {
                    page.revocations().forEach(found::add);
                    if (page.isLast()) {
                        done.complete(found.tokens());
                    } else if (left == 0) {
                        done.fail(Problem.overloaded("status list: too much was revoked just now (expected: a retry)"));
                    } else {
                        goOn(page, end, found, left, done);
                    }
                })
                .onFailure(done::fail);
    }

    private void goOn(LogPage page, Stamp end, Found found, int left, Promise<List<Long>> done) {
        context.runOnContext(turn -> next(page.upTo(), end, found, left - 1, done));
    }

    private record Found(RealmId realm, List<Long> tokens) {
        void add(Revocation revocation) {
            tokens.addAll(NamedTokens.of(revocation, realm));
        }
    }
}
