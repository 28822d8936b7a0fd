package io.revoker.http.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.bus.Register;
import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.revoker.domain.store.Registration;
import io.revoker.http.Json;
import io.vertx.core.Future;
import java.util.function.Function;

/** Registers what one JSON document asks for, and never fails: every fault is an answer. */
final class Registrations {
    private static final int MINTINGS = 3;

    private final Function<Register, Future<Registration>> store;
    private final RegistrationReader reader;

    Registrations(Function<Register, Future<Registration>> store, RegistrationReader reader) {
        this.store = store;
        this.reader = reader;
    }

    Future<DocumentAnswer> register(byte[] document, Caller caller) {
        return DocumentAnswer.of(() -> register(Json.read(document), caller, MINTINGS));
    }

    /** Tokens that were revoked while they were registered are nothing that whoever asked to mint them can mend: others are minted. */
    private Future<DocumentAnswer> register(JsonNode document, Caller caller, int left) {
        RegistrationReader.Reading reading = reader.read(document);
        return admitted(reading, caller).compose(answer -> {
            if (answer.status() != 409 || !reading.isAllMinted()) {
                return Future.succeededFuture(answer);
            }
            return left > 1
                    ? register(document, caller, left - 1)
                    : Future.failedFuture(
                            Problem.overloaded("mint: revoked again while it was registered (expected: a repetition)"));
        });
    }

    private Future<DocumentAnswer> admitted(RegistrationReader.Reading reading, Caller caller) {
        if (!caller.realms().covers(reading.grant().holder().realm())) {
            return Future.failedFuture(Problem.forbidden("realm_name: "
                    + reading.grant().holder().realm().value() + " (expected: one of the realms of the client)"));
        }
        return store.apply(new Register(reading.grant()))
                .map(registration -> RegistrationAnswer.of(reading, registration, caller.realms()));
    }
}
