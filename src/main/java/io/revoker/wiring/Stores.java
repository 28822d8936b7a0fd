package io.revoker.wiring;

import io.revoker.domain.audit.AuditStore;
import io.revoker.domain.audit.AuditTrail;
import io.revoker.feed.FeedVerticle;
import io.revoker.near.NearVerticle;
import io.revoker.redis.BackendConnection;
import io.revoker.redis.RedisBackend;
import io.revoker.revocation.RevocationVerticle;
import io.revoker.revocation.audit.AuditedLedger;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Opens the ports of the store for each verticle, on the calling event loop: all of them, or none.
 *
 * @param trails makes the audit trail of the calling event loop
 */
record Stores(RedisBackend backend, Function<AuditStore, AuditTrail> trails) {

    Future<RevocationVerticle.Ports> forWork() {
        Future<RedisBackend.Ports> checks = backend.openForChecks();
        Future<RedisBackend.WorkPorts> work = backend.openForWork();
        List<Future<BackendConnection>> opened =
                List.of(checks.map(RedisBackend.Ports::connection), work.map(RedisBackend.WorkPorts::connection));
        return Future.join(checks, work)
                .map(both -> ports(checks.result(), work.result()))
                .recover(failure -> close(
                                opened.stream().filter(Future::succeeded).map(Future::result))
                        .transform(closed -> Future.failedFuture(failure)));
    }

    /** Those that are opened first: nothing is read or written if the data have another layout. */
    Future<FeedVerticle.Source> forFeed() {
        return backend.open()
                .compose(ports -> claimed(ports.connection()).map(ports))
                .map(ports ->
                        new FeedVerticle.Source(ports.log(), ports.marks(), ports.store(), ports.connection()::close));
    }

    private static Future<Void> claimed(BackendConnection connection) {
        return connection
                .claimLayout()
                .recover(failure -> connection.close().transform(closed -> Future.failedFuture(failure)));
    }

    Future<NearVerticle.Source> forNear() {
        return backend.open()
                .map(ports -> new NearVerticle.Source(ports.near(), ports.log(), ports.connection()::close));
    }

    Future<BackendConnection> forProbes() {
        return backend.open().map(RedisBackend.Ports::connection).onSuccess(BackendConnection::warnOfVulnerabilities);
    }

    private RevocationVerticle.Ports ports(RedisBackend.Ports checks, RedisBackend.WorkPorts work) {
        AuditTrail audit = trails.apply(work.audit());
        return new RevocationVerticle.Ports(
                checks.store(),
                work.store(),
                work.urgent(),
                work.statusLists(),
                work.log(),
                work.marks(),
                new AuditedLedger(work.ledger(), audit),
                work.answers(),
                work.streams(),
                work.followers(),
                work.near(),
                audit,
                () -> audit.close().eventually(() -> close(Stream.of(checks.connection(), work.connection()))));
    }

    private static Future<Void> close(Stream<BackendConnection> opened) {
        return Future.join(opened.map(BackendConnection::close).toList()).mapEmpty();
    }
}
