package io.revoker.http;

import io.revoker.bus.Register;
import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.revoker.domain.Registration;
import io.vertx.core.Future;
import java.util.function.Function;

/** Registers what one JSON document asks for, and never fails: every fault is an answer. */
final class Registrations {
    private final Function<Register, Future<Registration>> store;
    private final RegistrationReader reader;

    Registrations(Function<Register, Future<Registration>> store, RegistrationReader reader) {
        this.store = store;
        this.reader = reader;
    }

    Future<DocumentAnswer> register(byte[] document, Caller caller) {
        return DocumentAnswer.of(() -> admitted(reader.read(Json.read(document)), caller));
    }

    private Future<DocumentAnswer> admitted(RegistrationReader.Reading reading, Caller caller) {
        if (!caller.realms().covers(reading.grant().holder().realm())) {
            return Future.failedFuture(Problem.forbidden("realm_name: "
                    + reading.grant().holder().realm().value() + " (expected: one of the realms of the client)"));
        }
        return store.apply(new Register(reading.grant()))
                .map(registration -> RegistrationAnswer.of(reading, registration));
    }
}
