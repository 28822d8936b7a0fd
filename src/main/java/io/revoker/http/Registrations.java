package io.revoker.http;

import io.revoker.bus.Register;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.vertx.core.Future;

/** Registers what one JSON document asks for, and never fails: every fault is an answer. */
final class Registrations {
    private final RevokerBus bus;
    private final RegistrationReader reader;

    Registrations(RevokerBus bus, RegistrationReader reader) {
        this.bus = bus;
        this.reader = reader;
    }

    Future<DocumentAnswer> register(byte[] document, Caller caller) {
        return DocumentAnswer.of(() -> admitted(reader.read(Json.read(document)), caller));
    }

    private Future<DocumentAnswer> admitted(RegistrationReader.Reading reading, Caller caller) {
        if (!caller.realms().covers(reading.grant().holder().realm())) {
            return Future.failedFuture(Problem.forbidden("realm_name: outside of the caller's realms"));
        }
        return bus.register(new Register(reading.grant()))
                .map(registration -> RegistrationAnswer.of(reading, registration));
    }
}
