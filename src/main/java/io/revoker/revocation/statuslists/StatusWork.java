package io.revoker.revocation.statuslists;

import io.revoker.bus.Addresses;
import io.revoker.bus.BusEndpoint;
import io.revoker.domain.Stamp;
import io.revoker.domain.TokenId;
import io.revoker.domain.statuslists.Allocation;
import io.revoker.domain.statuslists.StatusList;
import io.revoker.domain.statuslists.StatusListStore;
import io.revoker.domain.statuslists.StatusListStore.Page;
import io.revoker.domain.statuslists.StatusListStore.Placed;
import io.revoker.domain.statuslists.StatusListStore.Wanted;
import io.revoker.domain.statuslists.StatusReference;
import io.revoker.domain.statuslists.StatusRequests.Allocate;
import io.revoker.domain.statuslists.StatusRequests.Allocated;
import io.revoker.domain.statuslists.StatusRequests.Attach;
import io.revoker.domain.statuslists.StatusRequests.Attached;
import io.revoker.domain.statuslists.StatusRequests.Attached.Outcome;
import io.revoker.domain.statuslists.StatusRequests.Begin;
import io.revoker.domain.statuslists.StatusRequests.Begun;
import io.revoker.domain.statuslists.StatusRequests.Find;
import io.revoker.domain.statuslists.StatusRequests.Found;
import io.revoker.domain.statuslists.StatusRequests.Read;
import io.revoker.domain.statuslists.StatusRequests.Status;
import io.revoker.domain.statuslists.StatusRequests.Statuses;
import io.revoker.domain.statuslists.StatusSubject;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.TokenStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Serves what can be asked of the status lists. */
public final class StatusWork {
    private final StatusListStore lists;
    private final DeadTokens dead;
    private final RevocationLog log;
    private final RecentlyRevoked recent;

    public StatusWork(StatusListStore lists, TokenStore tokens, RevocationLog log, Marks marks, Context context) {
        this.lists = lists;
        this.dead = new DeadTokens(tokens, marks);
        this.log = log;
        this.recent = new RecentlyRevoked(log, context);
    }

    /** Adds its addresses. */
    public BusEndpoint serve(BusEndpoint endpoint) {
        return endpoint.<Allocate, Allocated>serve(Addresses.ALLOCATE_STATUS, this::allocate)
                .<Attach, Attached>serve(Addresses.ATTACH_STATUS, this::attach)
                .<Find, Found>serve(Addresses.FIND_STATUS_LISTS, this::find)
                .<Begin, Begun>serve(Addresses.BEGIN_STATUSES, this::begin)
                .<Read, Statuses>serve(Addresses.READ_STATUSES, this::read);
    }

    private Future<Allocated> allocate(Allocate request) {
        Wanted wanted = request.wanted();
        return wanted.token()
                .map(token -> ofToken(token, wanted))
                .orElseGet(() -> lists.allocate(wanted))
                .map(Allocated::new);
    }

    private Future<List<StatusReference>> ofToken(TokenId token, Wanted wanted) {
        return lists.referenceOf(token)
                .compose(known -> known.isPresent()
                        ? Future.succeededFuture(List.of(known.get()))
                        : lists.allocate(wanted)
                                .compose(fresh -> lists.remember(token, fresh.get(0), wanted.expiresAt()))
                                .map(List::of));
    }

    private Future<Attached> attach(Attach request) {
        return lists.find(request.reference().list())
                .compose(found -> found.isPresent() ? read(request, found.get()) : Future.succeededFuture(List.of()))
                .compose(found -> found.stream()
                        .findFirst()
                        .map(placed -> attach(request, placed.allocation()))
                        .orElse(Future.succeededFuture(Outcome.UNKNOWN)))
                .map(Attached::new);
    }

    private Future<List<Placed>> read(Attach request, StatusList list) {
        return lists.read(list, List.of(request.reference().index()));
    }

    private Future<Outcome> attach(Attach request, Allocation before) {
        if (before.token().filter(token -> !token.equals(request.token())).isPresent()) {
            return Future.succeededFuture(Outcome.TAKEN);
        }
        return before.subject()
                .with(request.subject())
                .filter(same -> !request.expiresAt().isAfter(before.expiresAt()))
                .map(subject -> attach(request, before, subject))
                .orElse(Future.succeededFuture(Outcome.UNKNOWN));
    }

    /** An index that is dead by itself must not be given to a token that is about to be alive. */
    private Future<Outcome> attach(Attach request, Allocation before, StatusSubject subject) {
        Allocation allocation = new Allocation(subject, before.expiresAt(), before.token(), before.birth());
        return lists.attach(request.reference(), request.token(), subject).compose(attached -> switch (attached) {
            case UNKNOWN -> Future.succeededFuture(Outcome.UNKNOWN);
            case TAKEN -> Future.succeededFuture(Outcome.TAKEN);
            case DONE ->
                lists.remember(request.token(), request.reference(), request.expiresAt())
                        .compose(done -> dead.isCovered(allocation))
                        .map(covered -> covered ? Outcome.REVOKED : Outcome.DONE);
        });
    }

    private Future<Found> find(Find request) {
        Future<List<StatusList>> found = request.id()
                .map(id -> lists.find(id).map(one -> one.stream().toList()))
                .orElseGet(lists::all);
        return found.map(all -> new Found(all.stream()
                .filter(list -> request.scope().covers(list.realm()))
                .toList()));
    }

    private Future<Begun> begin(Begin request) {
        return log.newest()
                .compose(newest -> newest.equals(Stamp.NONE)
                        ? Future.succeededFuture(new Begun(newest, List.of()))
                        : recent.before(newest, request.realm()));
    }

    private Future<Statuses> read(Read request) {
        Future<Page> page = request.indexes().isEmpty()
                ? lists.page(request.list(), request.reached())
                : lists.read(request.list(), request.indexes()).map(placed -> new Page(placed, request.reached()));
        return page.compose(found -> Future.all(
                        found.allocations().stream().map(this::status).toList())
                .map(all -> new Statuses(all.list(), found.reached())));
    }

    private Future<Status> status(Placed placed) {
        Allocation allocation = placed.allocation();
        return dead.has(allocation)
                .map(is -> new Status(
                        placed.index(),
                        bits(allocation.token()),
                        bits(allocation.subject().jti()),
                        MarkId.ofUser(allocation.subject().holder().user()),
                        is));
    }

    private static long bits(Optional<TokenId> id) {
        return id.map(TokenId::firstBits).orElse(0L);
    }
}
