package io.revoker.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.caller.Authentication;
import io.revoker.caller.Caller;
import io.revoker.caller.Callers;
import io.revoker.caller.Credentials;
import io.revoker.caller.Privilege;
import io.revoker.domain.Target;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Lets a request through to what it asks for, if its caller may. Each wire says no in its own words.
 *
 * <p>Whom it refuses is told at the level debug only: whoever wants to could fill the log. What a stranger calls itself is told only if a client is called
 * so: else it may be a secret in the wrong place.
 */
public final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final String REFUSED = "caller refused";

    private final Callers callers;
    private final Traffic traffic;
    private final Counter unauthenticated;
    private final Counter unauthorized;

    /** @param traffic in which each request that it lets in has a place */
    public Gate(Callers callers, Traffic traffic, MeterRegistry registry) {
        this.callers = callers;
        this.traffic = traffic;
        this.unauthenticated = refusals(registry, "unauthenticated");
        this.unauthorized = refusals(registry, "unauthorized");
    }

    private static Counter refusals(MeterRegistry registry, String reason) {
        return Counter.builder("revoker.callers.refused")
                .description("Requests whose callers were not let through.")
                .tag("reason", reason)
                .register(registry);
    }

    /** How a wire says no. */
    public interface Refusal {
        /** 401: no credentials, wrong ones, or none that can be read. */
        void unauthenticated(RoutingContext request, Authentication authentication);

        /** 403: the caller lacks the privilege. */
        void unauthorized(RoutingContext request, Caller caller);
    }

    /**
     * Who calls, by the Authorization header; more than one such header is none that can be read. Whoever is known then has a place among the requests in
     * flight. To be asked once a request, and before its body is read, which waits for the answer.
     *
     * @param purpose for which there may be more room
     * @return fails with a {@link io.revoker.domain.Problem} if there is no place
     */
    public Future<Authentication> authenticate(RoutingContext request, Privilege purpose) {
        Traffic.keepRoute(request);
        Place place = new Place(request, traffic);
        Future<Authentication> asked = authenticate(request.request().headers(), HttpHeaders.AUTHORIZATION);
        if (!asked.isComplete()) {
            BodyReader.hold(request);
        }
        return asked.compose(known -> known instanceof Authentication.Authenticated authenticated
                ? place.take(authenticated.caller(), purpose).map(known)
                : asked);
    }

    /** Who calls, by the header of that name. More than one such header is none that can be read. */
    public Future<Authentication> authenticate(MultiMap headers, CharSequence name) {
        return callers.authenticate(() -> credentials(headers.getAll(name))).onSuccess(known -> {
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

    /** Whether a caller may do this; one who may not is counted, so ask once a request. */
    public boolean lets(Caller caller, Privilege privilege) {
        return told(caller, privilege, caller.may(privilege));
    }

    /** The same, with what of the realms it is to be done to. */
    public boolean lets(Caller caller, Privilege privilege, Target target) {
        return told(caller, privilege, caller.may(privilege) && caller.realms().covers(target));
    }

    private boolean told(Caller caller, Privilege privilege, boolean lets) {
        if (!lets) {
            unauthorized.increment();
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

    /** Goes on with the caller if it has the privilege, and the request a place; the body waits until then. */
    public void admit(RoutingContext request, Privilege privilege, Refusal refusal, Consumer<Caller> then) {
        Awaited.by(
                request,
                authenticate(request, privilege),
                authentication -> {
                    if (!(authentication instanceof Authentication.Authenticated authenticated)) {
                        refusal.unauthenticated(request, authentication);
                    } else if (!lets(authenticated.caller(), privilege)) {
                        refusal.unauthorized(request, authenticated.caller());
                    } else {
                        then.accept(authenticated.caller());
                    }
                },
                failure -> request.fail(ProblemDetails.of(failure).status(), failure));
    }
}
