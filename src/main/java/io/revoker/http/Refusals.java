package io.revoker.http;

import io.revoker.caller.Authentication;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Target;
import io.revoker.domain.audit.Act;
import io.revoker.domain.audit.AuditRequests.Note;
import io.revoker.domain.audit.Origin;
import io.revoker.domain.audit.Result;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Requests that would have changed something and were refused because of their caller, for the audit trail. Equal ones
 * are counted together, and only so many different ones are told apart, so that strangers can't push out other entries.
 * One instance serves all threads.
 */
public final class Refusals {
    private static final int MOST = 10;
    private static final String OTHERS = "several";
    private static final String UNAUTHENTICATED = "unauthenticated";
    private static final Set<Privilege> CHANGING = Set.of(Privilege.INVALIDATE, Privilege.REGISTER, Privilege.ADMIN);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private Map<Refused, Long> refused = new HashMap<>();

    private record Refused(Origin origin, Optional<Target> target, String why) {}

    /** The same caller, with what the audit trail tells of where a request comes from. */
    static Caller from(RoutingContext request, Caller caller) {
        String address = Optional.ofNullable(request.request().remoteAddress())
                .flatMap(peer -> Optional.ofNullable(peer.hostAddress()))
                .orElse("");
        return caller.at(
                address,
                request.request().method().name()
                        + ' '
                        + mounted(request)
                        + InFlightLimit.route(request).orElse(""));
    }

    /** Below which path the route is, if it is that of a router in the router, such as that of the console. */
    private static String mounted(RoutingContext request) {
        return Optional.ofNullable(request.mountPoint())
                .map(path -> path.endsWith("/") ? path.substring(0, path.length() - 1) : path)
                .orElse("");
    }

    /** A request of somebody who is not known. */
    void stranger(RoutingContext request, Privilege purpose, Authentication known) {
        String id = known instanceof Authentication.Rejected rejected
                ? rejected.client().orElse("")
                : "";
        unsigned(request, purpose, id);
    }

    /** A request that nobody who is known has signed. */
    void unsigned(RoutingContext request, Privilege purpose, String id) {
        add(from(request, Caller.ANONYMOUS).origin().by(id), purpose, Optional.empty(), UNAUTHENTICATED);
    }

    /** A request of a caller that may not do it. */
    void unprivileged(Caller caller, Privilege privilege, Optional<Target> target) {
        String why = caller.may(privilege)
                ? "target: outside of the client's realms"
                : "lacks the privilege " + privilege.wireName();
        add(caller.origin(), privilege, target, why);
    }

    private void add(Origin origin, Privilege privilege, Optional<Target> target, String why) {
        String method = origin.way().substring(0, Math.max(0, origin.way().indexOf(' ')));
        if (CHANGING.contains(privilege) && !READING.contains(method)) {
            add(new Refused(origin, target, why));
        }
    }

    private synchronized void add(Refused one) {
        Refused counted = refused.containsKey(one) || refused.size() < MOST
                ? one
                : new Refused(new Origin("", OTHERS, OTHERS), Optional.empty(), one.why());
        refused.merge(counted, 1L, Long::sum);
    }

    /** What was refused since the last call. */
    public synchronized List<Note> drain() {
        Map<Refused, Long> all = refused;
        refused = new HashMap<>();
        return all.entrySet().stream()
                .map(one -> note(one.getKey(), one.getValue()))
                .toList();
    }

    private static Note note(Refused one, long times) {
        return new Note(
                new Act(Act.Kind.REQUEST, one.origin(), one.target(), Optional.empty(), Optional.empty(), ""),
                Result.of(Result.State.REFUSED, one.why()).counting(List.of(new Result.Count("times", times))));
    }
}
