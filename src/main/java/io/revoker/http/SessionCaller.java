package io.revoker.http;

import io.revoker.caller.Authentication;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who has sent a request by its session, instead of by the header {@code Authorization}. Only requests below the path
 * of the console have one.
 */
public final class SessionCaller {
    private static final String KEY = "revoker.session";

    private SessionCaller() {}

    /**
     * Notes that a request belongs to a session.
     *
     * @param find asked when a route wants to know its caller
     */
    public static void put(RoutingContext request, Supplier<Future<Authentication>> find) {
        request.put(KEY, find);
    }

    static Optional<Supplier<Future<Authentication>>> of(RoutingContext request) {
        return Optional.ofNullable(request.<Supplier<Future<Authentication>>>get(KEY));
    }
}
