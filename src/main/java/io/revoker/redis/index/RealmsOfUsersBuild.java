package io.revoker.redis.index;

import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.Page;
import io.revoker.redis.index.IndexScan.Members;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.keys.SharedHash;
import io.revoker.redis.link.RedisLink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enters all registered holders into the index of the realms of users, a few realms at a time: for a large store it
 * takes minutes, at a low load. Registrations that run in the meantime enter their own holders.
 */
final class RealmsOfUsersBuild {
    private static final Logger LOG = LoggerFactory.getLogger(RealmsOfUsersBuild.class);

    /** Realms that are processed at a time, and holders of each: a few milliseconds of Redis. */
    private static final int TOGETHER = 16;

    private static final int HOLDERS = 100;

    /** The remaining part of a realm, and the expiry of its last token. */
    private record Part(RealmId realm, long expiry, Cursor from) {}

    private final Context context;
    private final Keys keys;
    private final RealmsOfUsers realms;
    private final IndexScan index;
    private final SharedScan shared;
    private final TargetScan scan;
    private final Deque<Part> left = new ArrayDeque<>();
    private final Promise<Void> end = Promise.promise();
    private Optional<Cursor> next = Optional.of(Cursor.START);
    private long holders;

    RealmsOfUsersBuild(Context context, RedisLink link, Keys keys, RealmsOfUsers realms) {
        this.context = context;
        this.keys = keys;
        this.realms = realms;
        this.index = new IndexScan(link);
        this.shared = new SharedScan(link, keys);
        this.scan = new TargetScan(index, keys, realms, HOLDERS);
    }

    /** Call it once. */
    Future<Void> run() {
        step();
        return end.future()
                .onSuccess(done -> LOG.atInfo().addKeyValue("holders", holders).log("index of users' realms built"));
    }

    static void logFailure(Throwable failure) {
        LOG.atWarn().addKeyValue("failure", failure.getMessage()).log("index of users' realms not built");
    }

    private void step() {
        if (!left.isEmpty()) {
            goOn(Future.all(some().stream().map(this::enter).toList()));
        } else if (next.isPresent()) {
            goOn(index.page(keys.realms, next.get(), HOLDERS).onSuccess(this::read));
        } else {
            end.complete();
        }
    }

    private void goOn(Future<?> step) {
        step.onSuccess(done -> context.runOnContext(turn -> step())).onFailure(end::fail);
    }

    private void read(Members page) {
        for (int i = 0; i < page.names().size(); i++) {
            RealmId realm = RealmId.stored(page.names().get(i));
            left.add(new Part(realm, page.expiries().get(i), Cursor.START));
        }
        next = page.next();
    }

    private List<Part> some() {
        List<Part> some = new ArrayList<>();
        while (some.size() < TOGETHER && !left.isEmpty()) {
            some.add(left.remove());
        }
        return some;
    }

    private Future<?> enter(Part part) {
        return scan.page(new Target.OfRealm(part.realm()), part.from()).compose(page -> {
            page.next().ifPresent(from -> left.add(new Part(part.realm(), part.expiry(), from)));
            List<UserInRealm> own = page.holdings().stream()
                    .flatMap(holding -> holding.holder().stream())
                    .toList();
            Future<?> entered = enter(own, part.expiry());
            for (SharedHash hash : shared(page)) {
                entered = entered.compose(done -> shared.holders(hash)).compose(some -> enter(some, part.expiry()));
            }
            return entered;
        });
    }

    /** One after the other: each has as many holders as there are own ones in a page. */
    private static List<SharedHash> shared(Page page) {
        return page.holdings().stream()
                .flatMap(holding -> SharedHash.of(holding).stream())
                .toList();
    }

    private Future<?> enter(Collection<UserInRealm> some, long expiry) {
        holders += some.size();
        return Future.all(
                some.stream().map(holder -> realms.add(holder, expiry)).toList());
    }
}
