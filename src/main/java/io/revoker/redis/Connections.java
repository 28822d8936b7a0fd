package io.revoker.redis;

import io.revoker.redis.keys.Keys;
import io.revoker.redis.keys.LayoutVersion;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisFailure;
import io.revoker.redis.link.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The connections of a set of ports: opened together or not at all, probed over the first one, and closed together.
 *
 * @param key to write as a probe
 */
record Connections(List<RedisLink> links, String key, MemoryWatch memory, Layout layout, LayoutWatch watch)
        implements BackendConnection {
    private static final int PROBE_MILLIS = 1000;

    static Connections of(Vertx vertx, List<RedisLink> links, Keys keys, LayoutVersion version) {
        Layout layout = new Layout(links.get(0), keys, version);
        return new Connections(links, keys.ready, new MemoryWatch(), layout, new LayoutWatch(vertx, layout));
    }

    Future<Void> open() {
        return Future.join(links.stream().map(RedisLink::open).toList())
                .<Void>mapEmpty()
                .recover(failure -> close().transform(closed -> Future.failedFuture(RedisFailure.translate(failure))));
    }

    @Override
    public Future<Void> write() {
        return links.get(0)
                .send(Call.of(Command.SET, key).arg(1).arg("PX").arg(PROBE_MILLIS))
                .<Void>mapEmpty()
                .onSuccess(written -> memory.hasRoom())
                .recover(failure ->
                        RedisFailure.isOfFullMemory(failure) ? writeWithoutMemory() : Future.failedFuture(failure));
    }

    /**
     * A write that needs no memory, as in revocations and checks, which still work then. A server that refuses
     * writes for another reason refuses this one too.
     */
    private Future<Void> writeWithoutMemory() {
        memory.isFull();
        return links.get(0).send(Call.of(Command.DEL, key)).mapEmpty();
    }

    @Override
    public Future<Void> claimLayout() {
        return watch.begin();
    }

    @Override
    public Future<Void> keepLayout() {
        return layout.keep();
    }

    @Override
    public Future<Boolean> examineLayout() {
        return layout.examine();
    }

    @Override
    public void warnOfVulnerabilities() {
        links.get(0).versions().forEach(LuaFix::warnIfMissingIn);
    }

    @Override
    public ServerFacts facts() {
        RedisLink first = links.get(0);
        Set<String> unfixed =
                first.versions().stream().filter(LuaFix::isMissingIn).collect(Collectors.toSet());
        return new ServerFacts(first.versions(), unfixed, first.fsync(), first.evictions());
    }

    @Override
    public Future<Void> close() {
        watch.end();
        return Future.join(links.stream().map(RedisLink::close).toList()).mapEmpty();
    }
}
