package io.revoker.faults;

import io.revoker.faults.FaultProxy.Share;
import io.revoker.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Two instances of the service over one Redis, with a proxy on every way that can have one: a Sentinel or a Cluster tells its clients where to go. */
final class Site implements AutoCloseable {
    static final int INSTANCES = 2;

    private static final List<String> OPTIONS = List.of(
            "--redis.prefix=rv",
            "--redis.heartbeat=100ms",
            "--http.request-timeout=2s",
            "--http.drain-timeout=100ms",
            "--sweep.lease=1s",
            "--sweep.batch-size=2");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Servers servers;
    private final Losses losses = new Losses();
    private final List<FaultProxy> links = new ArrayList<>();
    private final List<Instance> instances = new ArrayList<>();

    private Site(Servers servers) {
        this.servers = servers;
    }

    static Site start(Servers servers, Program.Starter starter) {
        Site site = new Site(servers);
        String[] options =
                Stream.concat(OPTIONS.stream(), servers.demands().stream()).toArray(String[]::new);
        for (int i = 0; i < INSTANCES; i++) {
            String url = site.way(servers);
            site.instances.add(new Instance(site.vertx, () -> starter.start(url, options)));
        }
        try {
            site.instances.forEach(Instance::awaitReady);
        } catch (AssertionError | RuntimeException failure) {
            site.close();
            throw failure;
        }
        return site;
    }

    private String way(Servers to) {
        if (to instanceof Servers.One one) {
            FaultProxy link = FaultProxy.open(vertx, () -> one.server().port());
            links.add(link);
            return URI.create("redis://127.0.0.1:" + link.port()).toString();
        }
        return to.url();
    }

    Servers servers() {
        return servers;
    }

    /** Of a clock that is set nothing is known that takes seconds. On a machine that is too busy a sentinel gives up a primary that lives, more often than the schedule wants. */
    Losses losses() {
        if (servers instanceof Servers.Watched watched && watched.sentinel().failOvers() > 1) {
            losses.registrationsMayBeGone(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (servers instanceof Servers.One one && one.clock().isPresent()) {
            losses.clockWasWrong();
        }
        return losses;
    }

    /** The ways to Redis, one for each instance. */
    List<FaultProxy> links() {
        return links;
    }

    List<Instance> instances() {
        return instances;
    }

    /** No way does any harm any more. */
    void heal() {
        Stream.concat(links.stream(), instances.stream().map(Instance::entrance))
                .forEach(proxy -> proxy.behave(Behaviour.PASS, Share.ALL));
    }

    @Override
    public void close() {
        instances.forEach(Instance::close);
        links.forEach(FaultProxy::close);
        Waiting.get(vertx.close());
        servers.close();
    }
}
