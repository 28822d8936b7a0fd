package io.revoker.redis.statuslists;

import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.statuslists.ListShape;
import io.revoker.domain.statuslists.StatusList;
import io.revoker.redis.keys.StatusListKeys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which lists there are, and which of them are being filled. Used by one event loop only. */
final class OpenLists {
    private static final int MOST_KNOWN = 10_000;

    private final RedisLink link;
    private final StatusListKeys keys;
    private final SecureRandom random;
    private final InstantSource time;
    private final Map<String, StatusList> open = new HashMap<>();

    OpenLists(RedisLink link, StatusListKeys keys, SecureRandom random, InstantSource time) {
        this.link = link;
        this.keys = keys;
        this.random = random;
        this.time = time;
    }

    /** Forgets what is known of the server: it may have been replaced by one that has lost data. */
    void forget() {
        open.clear();
    }

    /** The list that is being filled for tokens that expire then. */
    Future<StatusList> find(RealmId realm, Instant expiresAt, ListShape shape) {
        Instant end = shape.end(expiresAt, time.instant());
        StatusList known = open.get(keys.field(realm, end));
        return known == null ? begin(realm, end, shape, "") : Future.succeededFuture(known);
    }

    /** The one that comes after a list that is full. */
    Future<StatusList> after(StatusList full, ListShape shape) {
        open.remove(keys.field(full.realm(), full.end()));
        return begin(full.realm(), full.end(), shape, full.id());
    }

    private Future<StatusList> begin(RealmId realm, Instant end, ListShape shape, String full) {
        StatusList fresh = new StatusList(newId(), realm, shape.size(), end);
        return link.send(Script.STATUS_OPEN
                        .call(keys.lists, keys.open)
                        .arg(keys.field(realm, end))
                        .arg(full)
                        .arg(fresh.id())
                        .arg(ListBytes.of(fresh))
                        .arg(shape.mostLists()))
                .map(reply -> opened(reply, shape))
                .onSuccess(list -> {
                    if (open.size() >= MOST_KNOWN) {
                        open.clear();
                    }
                    open.put(keys.field(realm, end), list);
                });
    }

    private static StatusList opened(Response reply, ListShape shape) {
        String id = reply.get(0).toString();
        if (id.isEmpty()) {
            throw Problem.overloaded("status lists: " + shape.mostLists()
                    + " (expected: fewer; see status-list.max-lists and status-list.size)");
        }
        return ListBytes.read(id, reply.get(1).toBytes());
    }

    private String newId() {
        byte[] id = new byte[StatusList.ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    Future<Optional<StatusList>> find(String id) {
        return link.send(Call.of(Command.HGET, keys.lists).arg(id))
                .map(found -> Optional.ofNullable(found).map(bytes -> ListBytes.read(id, bytes.toBytes())))
                .map(found -> found.filter(list -> !list.hasEnded(time.instant())));
    }

    Future<List<StatusList>> all() {
        return link.send(Call.of(Command.HGETALL, keys.lists)).map(found -> {
            List<StatusList> lists = new ArrayList<>();
            found.getKeys()
                    .forEach(id -> lists.add(ListBytes.read(id, found.get(id).toBytes())));
            lists.removeIf(list -> list.hasEnded(time.instant()));
            return lists;
        });
    }
}
