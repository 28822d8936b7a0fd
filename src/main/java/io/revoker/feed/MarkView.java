package io.revoker.feed;

import io.revoker.domain.Marks;
import io.revoker.domain.RealmId;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The marks of the whole log, as far as this node has read it. Written by the feed, read by every event loop. */
public final class MarkView implements Marks {
    private static final double NANOS = 1e9;

    private final Map<RealmId, Stamp> realms = new ConcurrentHashMap<>();
    private final Map<UserName, Stamp> users = new ConcurrentHashMap<>();
    private final Map<UserInRealm, Stamp> usersInRealms = new ConcurrentHashMap<>();
    private final Pruning pruning = new Pruning(List.of(realms, users, usersInRealms));
    private volatile boolean current;
    private final LongSupplier nanos;
    private volatile long readAt;

    public MarkView() {
        this(System::nanoTime);
    }

    /** @param nanos a clock that only goes forward */
    MarkView(LongSupplier nanos) {
        this.nanos = nanos;
        this.readAt = nanos.getAsLong();
    }

    @Override
    public Stamp newestFor(UserInRealm holder) {
        Stamp realm = realms.getOrDefault(holder.realm(), Stamp.NONE);
        Stamp user = users.getOrDefault(holder.user(), Stamp.NONE);
        Stamp both = usersInRealms.getOrDefault(holder, Stamp.NONE);
        return newer(newer(realm, user), both);
    }

    /** Whether all marks are here, but for those that were raised a moment ago. */
    public boolean isCurrent() {
        return current;
    }

    /** Seconds since the end of the log was reached last; up to half of the call time-out while nothing is revoked. */
    public double lagSeconds() {
        return (nanos.getAsLong() - readAt) / NANOS;
    }

    /** The log has been read to its end. */
    void reachedTheEnd() {
        readAt = nanos.getAsLong();
    }

    void becomeCurrent() {
        current = true;
    }

    void fallBehind() {
        current = false;
    }

    /** A mark only grows: an older revocation, or the same one again, changes nothing. */
    void apply(Revocation revocation) {
        Stamp stamp = revocation.stamp();
        revocation
                .target()
                .match(
                        one -> stamp,
                        realm -> realms.merge(realm.realm(), stamp, MarkView::newer),
                        user -> users.merge(user.user(), stamp, MarkView::newer),
                        user -> usersInRealms.merge(user.holder(), stamp, MarkView::newer));
    }

    /** Drops marks from before a stamp, as many as can be found in a short time; to be called again and again. */
    void forgetSome(Stamp oldest) {
        pruning.go(oldest);
    }

    private static Stamp newer(Stamp a, Stamp b) {
        return a.isAfter(b) ? a : b;
    }
}
