package io.revoker.vertx;

import io.revoker.client.view.RevocationState;
import io.revoker.client.view.RevocationView;
import io.revoker.client.view.TokenKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionStage;

/**
 * A view whose answers are futures of Vert.x, which end on the context of the caller. Never blocks. The view stays the
 * application's, which closes it; from a worker, because that waits for its file.
 */
public final class VertxView {
    private final Vertx vertx;
    private final RevocationView view;

    public VertxView(Vertx vertx, RevocationView view) {
        this.vertx = vertx;
        this.view = view;
    }

    /** Ends when the view has become fresh for the first time; fails only if it is closed before. */
    public Future<Void> ready() {
        return here(view.ready());
    }

    /** Looks a token up, as {@link RevocationView#state} does: it never waits. */
    public RevocationState state(TokenKey key) {
        return view.state(key);
    }

    /**
     * Whether a token was revoked, as {@link RevocationView#isRevoked} decides: at once unless the service has to be
     * asked. If it fails refuse the token.
     */
    public Future<Boolean> isRevoked(String token, TokenKey key) {
        return here(view.isRevoked(token, key));
    }

    private <T> Future<T> here(CompletionStage<T> stage) {
        return Future.fromCompletionStage(stage, vertx.getOrCreateContext());
    }
}
