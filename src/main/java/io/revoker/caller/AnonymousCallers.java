package io.revoker.caller;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** Takes everybody for the same caller. */
final class AnonymousCallers implements Callers {
    private final Future<Authentication> anyone =
            Future.succeededFuture(new Authentication.Authenticated(Caller.ANONYMOUS));

    @Override
    public Future<Authentication> authenticate(Credentials credentials) {
        return anyone;
    }

    @Override
    public Future<Authentication> authenticate(Supplier<Credentials> presented) {
        return anyone;
    }
}
