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
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Requests that would have changed something and were refused because of their caller, for the audit trail. Equal ones
 * are counted together, and only so many different ones have entries of their own: of strangers in an hour, so that
 * they can't push out other entries; of clients in each interval. One instance serves all threads.
 */
public final class RefusedRequests {
    private static final int MOST = 10;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String UNAUTHENTICATED = "unauthenticated";
    private static final Set<Privilege> CHANGING = Set.of(Privilege.INVALIDATE, Privilege.REGISTER, Privilege.ADMIN);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private Map<Refused, Long> refused = new HashMap<>();
    private Map<Refused, Long> strangers = new HashMap<>();
    private Instant next = Instant.MIN;

    /** Of strangers, in this hour. */
    private int told;

    private record Refused(Origin origin, Optional<Target> target, String why) {}

    /** The same caller, with the address and the route for the audit trail. */
    public static Caller from(RoutingContext request, Caller caller) {
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

    /** The same if the request may be in the trail: checks are not, because there are many. */
    static Caller from(RoutingContext request, Privilege purpose, Caller caller) {
        return CHANGING.contains(purpose) ? from(request, caller) : caller;
    }

    /** Below which path the route is, if it is that of a router in the router, such as that of the console. */
    private static String mounted(RoutingContext request) {
        return Optional.ofNullable(request.mountPoint())
                .map(path -> path.endsWith("/") ? path.substring(0, path.length() - 1) : path)
                .orElse("");
    }

    /** A request of an unknown client. */
    void stranger(RoutingContext request, Privilege purpose, Authentication known) {
        String id = known instanceof Authentication.Rejected rejected
                ? rejected.client().orElse("")
                : "";
        unsigned(request, purpose, id);
    }

    /** A request without the signature of a known key. */
    void unsigned(RoutingContext request, Privilege purpose, String id) {
        Origin origin = from(request, Caller.ANONYMOUS).origin().by(id);
        if (isChange(origin, purpose)) {
            addStranger(origin);
        }
    }

    /** A request of a caller that may not do it. */
    void unprivileged(Caller caller, Privilege privilege, Optional<Target> target) {
        if (isChange(caller.origin(), privilege)) {
            String why = caller.may(privilege)
                    ? "target: outside of the client's realms"
                    : "lacks the privilege " + privilege.wireName();
            add(new Refused(caller.origin(), target, why));
        }
    }

    private static boolean isChange(Origin origin, Privilege privilege) {
        String method = origin.way().substring(0, Math.max(0, origin.way().indexOf(' ')));
        return CHANGING.contains(privilege) && !READING.contains(method);
    }

    private synchronized void add(Refused one) {
        count(refused, one, refused.size() < MOST);
    }

    /** One of a client that is not known: few of them have an entry of their own, whatever the interval. */
    synchronized void addStranger(Origin origin) {
        count(strangers, new Refused(origin, Optional.empty(), UNAUTHENTICATED), told + strangers.size() < MOST);
    }

    private static void count(Map<Refused, Long> all, Refused one, boolean hasRoom) {
        Refused counted =
                hasRoom || all.containsKey(one) ? one : new Refused(Origin.SEVERAL, Optional.empty(), one.why());
        all.merge(counted, 1L, Long::sum);
    }

    /** What was refused since the last call; those of many strangers are one entry, once in an hour. */
    public synchronized List<Note> drain(Instant now) {
        if (!now.isBefore(next)) {
            next = now.plus(HOUR);
            List<Note> all = drain();
            told = 0;
            return all;
        }
        Map<Refused, Long> apart = new HashMap<>(strangers);
        apart.keySet().removeIf(one -> one.origin().equals(Origin.SEVERAL));
        strangers.keySet().removeAll(apart.keySet());
        told += apart.size();
        return Stream.concat(notes(apart), notes(take())).toList();
    }

    /** All of it. */
    public synchronized List<Note> drain() {
        Map<Refused, Long> unknown = strangers;
        strangers = new HashMap<>();
        return Stream.concat(notes(unknown), notes(take())).toList();
    }

    private Map<Refused, Long> take() {
        Map<Refused, Long> all = refused;
        refused = new HashMap<>();
        return all;
    }

    private static Stream<Note> notes(Map<Refused, Long> all) {
        return all.entrySet().stream().map(one -> note(one.getKey(), one.getValue()));
    }

    private static Note note(Refused one, long times) {
        return new Note(
                new Act(Act.Kind.REQUEST, one.origin(), one.target(), Optional.empty(), Optional.empty(), ""),
                Result.of(Result.State.REFUSED, one.why()).counting(List.of(new Result.Count("times", times))));
    }
}
