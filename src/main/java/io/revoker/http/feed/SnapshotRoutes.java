package io.revoker.http.feed;

import io.revoker.bus.RevokerBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.config.FeedConfig;
import io.revoker.domain.Name;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Sha256;
import io.revoker.domain.Stamp;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.MethodNotAllowed;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.ProblemDetails;
import io.revoker.http.RouteContext;
import io.revoker.http.Routes;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** {@code GET /v1/revocations/snapshot}: what is revoked, and the stamp from which to follow. */
public final class SnapshotRoutes implements Routes {
    private static final String PATH = "/v1/revocations/snapshot";
    private static final String REALM = "realm_name";
    private static final String BINARY = "vnd.revoker.snapshot";

    private final RouteContext context;
    private final Context loop;
    private final Gate gate;
    private final Snapshots snapshots;
    private final FeedConfig settings;

    /** Create it on the event loop that serves. */
    public SnapshotRoutes(RouteContext context, RevokerBus bus, Gate gate, Snapshots snapshots, FeedConfig settings) {
        this.context = context;
        this.loop = context.vertx().getOrCreateContext();
        this.gate = gate;
        this.snapshots = snapshots;
        this.settings = settings;
        snapshots.join(loop, bus);
    }

    @Override
    public void mount(Router router) {
        router.get(PATH)
                .handler(request -> gate.admit(
                        request, Privilege.FEED, new ProblemAccessDenied(), caller -> attempt(request, caller)));
        router.route(PATH).handler(new MethodNotAllowed("GET"));
    }

    private void attempt(RoutingContext request, Caller caller) {
        try {
            answer(request, realms(new FollowRequest(request.request(), Set.of(REALM)), caller));
        } catch (Problem refused) {
            ProblemDetails.of(refused).send(request);
        }
    }

    private static RealmScope realms(FollowRequest asked, Caller caller) {
        Optional<RealmId> realm = asked.text(REALM).map(RealmId::new);
        if (realm.filter(Name::hasOnlyBlanks).isPresent()) {
            throw Problem.invalid(REALM + ": blank (expected: a name)");
        }
        if (realm.filter(name -> !caller.realms().covers(name)).isPresent()) {
            throw Problem.forbidden(REALM + ": outside of the caller's realms");
        }
        return realm.map(name -> RealmScope.only(Set.of(name))).orElse(caller.realms());
    }

    private void answer(RoutingContext request, RealmScope realms) {
        if (!snapshots.enter()) {
            throw Problem.overloaded("snapshots: too many under way (expected: a retry)");
        }
        Place place = new Place();
        request.addEndHandler(end -> place.end());
        request.request().resume();
        boolean binary = wantsBinary(request);
        by(request, place, snapshots.read(loop), view -> {
            tag(request, view.stamp(), realms, binary);
            if (request.isFresh()) {
                Answer.empty(request, 304);
            } else {
                by(request, place, snapshots.take(loop, view, realms), snapshot -> {
                    request.response().putHeader(SeenRealms.HEADER, SeenRealms.of(realms));
                    send(request, snapshot, binary);
                });
            }
        });
    }

    /** One of the few at a time: also while work goes on for a client that has gone. */
    private final class Place {
        private int holders = 1;
        private boolean ended;

        void end() {
            ended = true;
            leave();
        }

        <T> Future<T> during(Future<T> work) {
            holders++;
            return work.onComplete(done -> leave());
        }

        void leave() {
            if (--holders == 0) {
                snapshots.exit();
            }
        }
    }

    /** What is begun for a client that has gone would not notice that. */
    private static <T> void by(RoutingContext request, Place place, Future<T> work, Consumer<T> then) {
        Handler<T> unlessEnded = found -> {
            if (!place.ended) {
                then.accept(found);
            }
        };
        AsyncAnswer.by(request, place.during(work), unlessEnded, failure -> {
            request.response()
                    .headers()
                    .remove(HttpHeaders.ETAG)
                    .remove(HttpHeaders.CACHE_CONTROL)
                    .remove(HttpHeaders.VARY);
            ProblemDetails.of(failure).send(request);
        });
    }

    private static boolean wantsBinary(RoutingContext request) {
        return request.parsedHeaders().accept().stream()
                .anyMatch(type -> type.weight() > 0 && type.subComponent().equalsIgnoreCase(BINARY));
    }

    /** Weak, because what has expired in the meantime may be in it or not. */
    private static void tag(RoutingContext request, Stamp stamp, RealmScope realms, boolean binary) {
        String names = realms.only()
                .map(some -> some.stream().map(Name::key).sorted().collect(Collectors.joining("\0")))
                .orElse("\0");
        String scope = Long.toHexString(
                Sha256.of(names.getBytes(StandardCharsets.UTF_8)).getLong());
        request.response()
                .putHeader(HttpHeaders.ETAG, "W/\"" + stamp + '-' + scope + (binary ? "-b" : "-j") + '"')
                .putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .putHeader(HttpHeaders.VARY, "Accept, Authorization");
    }

    private void send(RoutingContext request, Snapshot snapshot, boolean binary) {
        context.unhurried().accept(request);
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/" + (binary ? BINARY : "json"));
        Download download =
                new Download(request.request(), binary ? SnapshotForm.binary(snapshot) : SnapshotForm.json(snapshot));
        long timer = context.vertx().setPeriodic(settings.patience().toMillis(), tick -> download.look());
        request.addEndHandler(end -> context.vertx().cancelTimer(timer));
        download.begin();
    }
}
