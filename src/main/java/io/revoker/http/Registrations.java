package io.revoker.http;

import io.revoker.bus.Register;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers what one JSON document asks for, and never fails: every fault is an answer. */
final class Registrations {
    private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);

    private final RevokerBus bus;
    private final RegistrationReader reader;

    Registrations(RevokerBus bus, RegistrationReader reader) {
        this.bus = bus;
        this.reader = reader;
    }

    Future<RegistrationAnswer> register(byte[] document, Caller caller) {
        try {
            return admitted(reader.read(Json.read(document)), caller).otherwise(Registrations::refusal);
        } catch (RuntimeException fault) {
            return Future.succeededFuture(refusal(fault));
        }
    }

    private Future<RegistrationAnswer> admitted(RegistrationReader.Reading reading, Caller caller) {
        if (!caller.realms().covers(reading.grant().holder().realm())) {
            return Future.failedFuture(Problem.forbidden("realm_name: outside of the caller's realms"));
        }
        return bus.register(new Register(reading.grant()))
                .map(registration -> RegistrationAnswer.of(reading, registration));
    }

    private static RegistrationAnswer refusal(Throwable fault) {
        if (!(fault instanceof Problem)) {
            LOG.error("registration failed", fault);
        }
        return RegistrationAnswer.of(fault);
    }
}
