package io.revoker.jwt.keys;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Where the keys of one realm, client or reporter come from. */
public interface KeySource {
    static KeySource of(Vertx vertx, KeyPlace place, Duration timeout) {
        if (place instanceof KeyPlace.Web web) {
            return new WebKeys(vertx, web, timeout);
        }
        if (place instanceof KeyPlace.File file) {
            return new KeyFile(vertx, file.path(), timeout);
        }
        return () -> Future.succeededFuture(((KeyPlace.Inline) place).keys());
    }

    /** The same for keys in the form of GitHub. */
    static KeySource ofGitHub(Vertx vertx, KeyPlace.Web place, Duration timeout) {
        return new WebKeys(vertx, place, timeout, GitHubKeys::read);
    }

    /** The keys as they are now. Fails after a bounded time, with a reason that may be logged. */
    Future<KeySet> fetch();

    /** Closes what it holds; it is not used again. */
    default Future<Void> close() {
        return Future.succeededFuture();
    }
}
