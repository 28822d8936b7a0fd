package io.revoker.bus;

import io.vertx.core.eventbus.DeliveryOptions;

/**
 * How requests are sent. What an instance asks, it answers itself: others of the cluster have work of their own, and
 * may hang.
 *
 * @param here for a Vert.x in which an endpoint serves
 * @param anywhere for one that has to ask other members of its cluster
 */
record Delivery(DeliveryOptions here, DeliveryOptions anywhere) {

    static Delivery of(DeliveryOptions options) {
        return new Delivery(new DeliveryOptions(options).setLocalOnly(true), options);
    }

    /** The same with so many milliseconds more for the answer. */
    Delivery longer(long millis) {
        return of(new DeliveryOptions(anywhere).setSendTimeout(anywhere.getSendTimeout() + millis));
    }
}
