package io.revoker.wiring.routes;

import io.revoker.bus.Revoke;
import io.revoker.bus.RevokerBus;
import io.revoker.config.CheckConfig;
import io.revoker.config.Configuration;
import io.revoker.domain.Report;
import io.revoker.http.Gate;
import io.revoker.http.RouteContext;
import io.revoker.http.check.BatchChecks;
import io.revoker.http.check.CheckRules;
import io.revoker.http.check.GatewayCheck;
import io.revoker.http.request.BodyReader;
import io.revoker.http.revocations.RevocationDocuments;
import io.revoker.http.single.MinStamp;
import io.revoker.http.single.NoticedRevocations;
import io.revoker.http.single.ReceiptWaits;
import io.revoker.http.single.TokenChecks;
import io.revoker.http.single.TokenRevocations;
import io.vertx.core.Future;
import java.time.Duration;

/** What the routes of one event loop share. Made on that event loop. */
record LoopParts(RouteParts all, RouteContext context, RevokerBus bus, Gate gate, BodyReader bodies) {
    static LoopParts of(RouteParts all, RouteContext context) {
        Configuration configuration = all.configuration();
        Duration timeout = configuration.http().requestTimeout();
        Duration revocations = timeout.plus(configuration.sweep().patience());
        return new LoopParts(
                all,
                context,
                new RevokerBus(context.vertx(), timeout, revocations, all.near()),
                all.gate(),
                BodyReader.usual(configuration.http()));
    }

    Configuration configuration() {
        return all.configuration();
    }

    TokenChecks checks() {
        return new TokenChecks(bus, all.verifiers().jwts());
    }

    BatchChecks batches() {
        return new BatchChecks(checks(), all.inFlight(), configuration(), this::limits);
    }

    /** As they are in force. */
    CheckConfig limits() {
        return all.live().configuration().get().check();
    }

    GatewayCheck gateways(CheckRules rules) {
        return new GatewayCheck(checks(), gate, rules, all.clock(), minStamp());
    }

    MinStamp minStamp() {
        return new MinStamp(context.vertx(), all.hasRead());
    }

    /** Revocations that do not wait for other work. */
    TokenRevocations urgent() {
        return new TokenRevocations(
                this::revokeSoon, all.verifiers().jwts(), configuration().log().retention());
    }

    private Future<Report> revokeSoon(Revoke asked) {
        return context.priority().take(() -> bus.revoke(asked));
    }

    /** Revocations of which many may come at once. */
    TokenRevocations many() {
        return new TokenRevocations(
                bus::revoke, all.verifiers().jwts(), configuration().log().retention());
    }

    RevocationDocuments documents() {
        return new RevocationDocuments(context, bus, urgent(), gate, bodies, all.clock(), receipts());
    }

    ReceiptWaits receipts() {
        return ReceiptWaits.of(all.receipts(), context, configuration());
    }

    NoticedRevocations noticed() {
        return new NoticedRevocations(bus, context.priority(), all.clock());
    }
}
