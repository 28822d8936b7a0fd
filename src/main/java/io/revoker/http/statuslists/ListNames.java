package io.revoker.http.statuslists;

import io.revoker.bus.StatusListBus;
import io.revoker.domain.RealmScope;
import io.revoker.domain.statuslists.StatusList;
import io.revoker.domain.statuslists.StatusRequests.Find;
import io.revoker.domain.statuslists.StatusRequests.Found;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Which lists there are, read at most once per interval however many ask: there may be many, and anyone may ask. Used
 * by one event loop only.
 */
final class ListNames {
    private final Duration interval;
    private final InstantSource time;
    private Optional<Future<List<StatusList>>> underWay = Optional.empty();
    private List<StatusList> last = List.of();
    private Instant seenAt = Instant.EPOCH;

    ListNames(Duration interval, InstantSource time) {
        this.interval = interval;
        this.time = time;
    }

    Future<List<StatusList>> all(StatusListBus bus) {
        Instant now = time.instant();
        if (!now.isBefore(seenAt) && now.isBefore(seenAt.plus(interval))) {
            return Future.succeededFuture(last);
        }
        if (underWay.isEmpty()) {
            Future<List<StatusList>> read =
                    bus.find(new Find(Optional.empty(), RealmScope.ALL)).map(Found::lists);
            underWay = Optional.of(read);
            return read.onComplete(done -> underWay = Optional.empty()).onSuccess(lists -> {
                last = lists;
                seenAt = now;
            });
        }
        return underWay.get();
    }
}
