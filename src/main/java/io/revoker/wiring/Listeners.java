package io.revoker.wiring;

import io.revoker.bridge.BridgeVerticle;
import io.revoker.config.Configuration;
import io.revoker.http.InFlightLimit;
import io.revoker.http.feed.EventHub;
import io.revoker.http.server.GrpcVerticle;
import io.revoker.http.server.HttpVerticle;
import io.revoker.http.server.ServingStatus;
import io.revoker.wiring.routes.RouteTable;

/** Creates the verticles that listen for clients. Each has the certificate of the service, also a later one. */
record Listeners(
        Configuration configuration,
        LiveSettings live,
        InFlightLimit inFlight,
        RouteTable routes,
        EventHub followers,
        ServingStatus serving) {

    HttpVerticle http() {
        return live.listener(
                certificate -> new HttpVerticle(configuration.http(), certificate, inFlight, routes::routes),
                HttpVerticle::present);
    }

    /** To be deployed only if it is enabled. */
    GrpcVerticle grpc() {
        return live.listener(
                certificate -> new GrpcVerticle(
                        configuration.grpc(),
                        configuration.http(),
                        certificate,
                        inFlight,
                        serving,
                        routes::authorization),
                GrpcVerticle::present);
    }

    /** To be deployed only if it is enabled. */
    BridgeVerticle bridge() {
        return live.listener(
                certificate -> new BridgeVerticle(
                        new BridgeVerticle.Settings(configuration.bridge(), configuration.http(), configuration.feed()),
                        certificate,
                        new BridgeVerticle.Ports(routes.gate(), inFlight, followers, routes::bridge)),
                BridgeVerticle::present);
    }
}
