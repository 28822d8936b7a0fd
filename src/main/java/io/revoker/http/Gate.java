package io.revoker.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.caller.Authentication;
import io.revoker.caller.Caller;
import io.revoker.caller.Callers;
import io.revoker.caller.Credentials;
import io.revoker.caller.Privilege;
import io.revoker.caller.Proof;
import io.revoker.domain.Target;
import io.revoker.http.request.BodyReader;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Authenticates and authorizes the caller of a request. Each wire format has its own form of a refusal.
 *
 * <p>Refusals are logged at DEBUG only, so that strangers can't flood the log. The client name that a stranger sends
 * is logged only if a client has that name: otherwise it may be a secret in the wrong place.
 */
public final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final String REFUSED = "caller refused";

    private final Callers callers;
    private final InFlightLimit inFlight;
    private final Counter unauthenticated;
    private final Counter unauthorized;
    private final RefusedRequests refused;

    /** One whose refusals come into no audit trail. */
    public Gate(Callers callers, InFlightLimit inFlight, MeterRegistry registry) {
        this(callers, inFlight, registry, new RefusedRequests());
    }

    /** @param inFlight counts each request that is let in */
    public Gate(Callers callers, InFlightLimit inFlight, MeterRegistry registry, RefusedRequests refused) {
        this.refused = refused;
        this.callers = callers;
        this.inFlight = inFlight;
        this.unauthenticated = refusalCounter(registry, "unauthenticated");
        this.unauthorized = refusalCounter(registry, "unauthorized");
    }

    private static Counter refusalCounter(MeterRegistry registry, String reason) {
        return Counter.builder("revoker.callers.refused")
                .description("Requests that were refused because of their caller.")
                .tag("reason", reason)
                .register(registry);
    }

    /** Whether some client proves in that way who it is. */
    public boolean accepts(Proof proof) {
        return callers.accept(proof);
    }

    /** The refusals of a wire format. */
    public interface AccessDenied {
        /** 401: credentials are missing, wrong or unreadable. */
        void unauthenticated(RoutingContext request, Authentication authentication);

        /** 403: the caller lacks the privilege. */
        void unauthorized(RoutingContext request, Caller caller);
    }

    /**
     * The caller, by the Authorization header; more than one such header is unreadable. A request whose caller is
     * known then has a place among the requests in flight. Call it once per request, before its body is read; the body
     * is held back until the answer.
     *
     * @param purpose for which there may be more room
     * @return fails with a {@link io.revoker.domain.Problem} if there is no place
     */
    public Future<Authentication> authenticate(RoutingContext request, Privilege purpose) {
        return placed(request, purpose, () -> {
            Future<Authentication> asked = SessionCaller.of(request)
                    .map(session -> counted(session.get()))
                    .orElseGet(() -> authenticate(request.request().headers(), HttpHeaders.AUTHORIZATION));
            if (!asked.isComplete()) {
                BodyReader.hold(request);
            }
            return asked;
        });
    }

    /**
     * The same for a request without credentials, because what it brings is signed. It is not held back.
     *
     * @param signer fails if it is not known
     */
    public Future<Caller> admitToRevoke(RoutingContext request, Future<Caller> signer) {
        InFlightLimit.keepRoute(request);
        InFlightPermit place = new InFlightPermit(request, inFlight);
        return signer.onFailure(unknown -> {
                    unauthenticated.increment();
                    refused.unsigned(request, Privilege.INVALIDATE, "");
                })
                .compose(caller -> place.take(RefusedRequests.from(request, caller), Privilege.INVALIDATE));
    }

    /** The same for a caller that sends its credentials in another way than by the header. */
    public Future<Authentication> authenticate(RoutingContext request, Privilege purpose, Future<Credentials> sent) {
        return placed(request, purpose, () -> counted(sent.compose(callers::authenticate)));
    }

    private Future<Authentication> placed(
            RoutingContext request, Privilege purpose, Supplier<Future<Authentication>> ask) {
        InFlightLimit.keepRoute(request);
        InFlightPermit place = new InFlightPermit(request, inFlight);
        return ask.get()
                .compose(known -> known instanceof Authentication.Authenticated authenticated
                        ? place.take(RefusedRequests.from(request, purpose, authenticated.caller()), purpose)
                                .map(Authentication.Authenticated::new)
                        : Future.<Authentication>succeededFuture(known)
                                .onSuccess(stranger -> refused.stranger(request, purpose, stranger)));
    }

    /** The caller, by the header of that name. More than one such header is unreadable. */
    public Future<Authentication> authenticate(MultiMap headers, CharSequence name) {
        return counted(callers.authenticate(() -> credentials(headers.getAll(name))));
    }

    private Future<Authentication> counted(Future<Authentication> asked) {
        return asked.onSuccess(known -> {
            if (!(known instanceof Authentication.Authenticated)) {
                unauthenticated.increment();
                log(known);
            }
        });
    }

    private static void log(Authentication stranger) {
        LoggingEventBuilder line = LOG.atDebug()
                .addKeyValue("reason", "unauthenticated")
                .addKeyValue("credentials", stranger.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        if (stranger instanceof Authentication.Rejected rejected) {
            line = line.addKeyValue("client", rejected.client().orElse("unknown"));
        }
        line.log(REFUSED);
    }

    /** Whether a caller may do this. Call it once per request: each refusal is counted. */
    public boolean lets(Caller caller, Privilege privilege) {
        return counted(caller, privilege, Optional.empty());
    }

    /** The same, with the target, which must be in the caller's realms. */
    public boolean lets(Caller caller, Privilege privilege, Target target) {
        return counted(caller, privilege, Optional.of(target));
    }

    private boolean counted(Caller caller, Privilege privilege, Optional<Target> target) {
        boolean lets =
                caller.may(privilege) && target.map(caller.realms()::covers).orElse(true);
        if (!lets) {
            unauthorized.increment();
            refused.unprivileged(caller, privilege, target);
            LOG.atDebug()
                    .addKeyValue("reason", "unauthorized")
                    .addKeyValue("caller", caller.id())
                    .addKeyValue("privilege", privilege.wireName())
                    .log(REFUSED);
        }
        return lets;
    }

    private static Credentials credentials(List<String> values) {
        return Credentials.parse(values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values)));
    }

    /**
     * Calls {@code then} if the caller has the privilege, and the request a place; the body is held back until then.
     */
    public void admit(RoutingContext request, Privilege privilege, AccessDenied denied, Consumer<Caller> then) {
        Door door = new Door(privilege, denied);
        AsyncAnswer.by(
                request,
                authenticate(request, privilege),
                known -> door.open(this, request, known, then),
                failure -> fail(request, failure));
    }

    /**
     * The same for a caller that sends its credentials in another way than by the header.
     *
     * @param sent fails if they can't be read
     */
    public void admit(RoutingContext request, Future<Credentials> sent, Door door, Consumer<Caller> then) {
        AsyncAnswer.by(
                request,
                authenticate(request, door.privilege(), sent),
                known -> door.open(this, request, known, then),
                failure -> fail(request, failure));
    }

    private static void fail(RoutingContext request, Throwable failure) {
        if (failure instanceof HttpException) {
            request.fail(failure);
        } else {
            request.fail(ProblemDetails.of(failure).status(), failure);
        }
    }

    /** Who is admitted to a route, and how the others are refused. */
    public record Door(Privilege privilege, AccessDenied denied) {
        private void open(Gate gate, RoutingContext request, Authentication known, Consumer<Caller> then) {
            if (!(known instanceof Authentication.Authenticated authenticated)) {
                denied.unauthenticated(request, known);
            } else if (!gate.lets(authenticated.caller(), privilege)) {
                denied.unauthorized(request, authenticated.caller());
            } else {
                then.accept(authenticated.caller());
            }
        }
    }
}
