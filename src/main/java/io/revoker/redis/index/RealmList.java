package io.revoker.redis.index;

import io.revoker.domain.UserInRealm;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds realms to the list of realms, unless it is known that they are in it for long enough. Used by one event loop.
 */
public final class RealmList {
    private static final int KNOWN_REALMS = 10_000;

    private final RedisLink link;
    private final Keys keys;
    private final Map<String, Long> expiries = new HashMap<>();

    public RealmList(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    /** Adds the realm of a holder, until an expiry in seconds at least. */
    public Future<?> add(UserInRealm holder, long expiry) {
        String realm = holder.realm().key();
        if (expiries.getOrDefault(realm, 0L) >= expiry) {
            return Future.succeededFuture();
        }
        return link.send(Script.INDEX.call(keys.realms).arg(realm).arg(expiry)).onSuccess(done -> {
            if (expiries.size() >= KNOWN_REALMS) {
                expiries.clear();
            }
            expiries.merge(realm, expiry, Math::max);
        });
    }

    /** Forgets what is known of the server: it may have been replaced by one that has lost data. */
    public void forget() {
        expiries.clear();
    }
}
