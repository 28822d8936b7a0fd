package io.revoker.http.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.Register;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Target;
import io.revoker.domain.store.Registration;
import io.revoker.http.Gate;
import io.revoker.http.Json;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Registers the grant of one JSON document. Never fails: every problem is an answer. */
final class Registrations {
    private static final int MINTINGS = 3;

    private final Function<Register, Future<Registration>> store;
    private final RegistrationReader reader;
    private final TokenStatuses statuses;
    private final Gate gate;

    /** @param gate refuses those of realms that are not the caller's */
    Registrations(
            Function<Register, Future<Registration>> store,
            RegistrationReader reader,
            TokenStatuses statuses,
            Gate gate) {
        this.gate = gate;
        this.store = store;
        this.reader = reader;
        this.statuses = statuses;
    }

    Future<DocumentAnswer> register(byte[] document, Caller caller) {
        return DocumentAnswer.of(() -> register(Json.read(document), caller, MINTINGS));
    }

    /**
     * If minted tokens were revoked while they were registered, other tokens are minted: the caller can't do anything
     * about it.
     */
    private Future<DocumentAnswer> register(JsonNode document, Caller caller, int left) {
        RegistrationReader.Reading reading = reader.read(document);
        return admitted(reading, caller).compose(answer -> {
            if (answer.status() != 409
                    || !reading.isAllMinted()
                    || !reading.isNew()
                    || reading.status().namesOne()) {
                return Future.succeededFuture(answer);
            }
            return left > 1
                    ? register(document, caller, left - 1)
                    : Future.failedFuture(
                            Problem.overloaded("mint: revoked again while it was registered (expected: a repetition)"));
        });
    }

    private Future<DocumentAnswer> admitted(RegistrationReader.Reading reading, Caller caller) {
        if (!gate.lets(
                caller,
                Privilege.REGISTER,
                new Target.OfRealm(reading.grant().holder().realm()))) {
            return Future.failedFuture(Problem.forbidden("realm_name: "
                    + reading.grant().holder().realm().value() + " (expected: one of the realms of the client)"));
        }
        return statuses.attach(reading.status(), reading.grant())
                .compose(given ->
                        given.refusal().map(Future::succeededFuture).orElseGet(() -> register(reading, given, caller)));
    }

    private Future<DocumentAnswer> register(
            RegistrationReader.Reading reading, TokenStatuses.Given given, Caller caller) {
        return store.apply(new Register(reading.grant(), Optional.of(caller.origin())))
                .compose(registration -> registration.fields().contains(Registration.ISSUED_AT) && reading.isNew()
                        ? Future.failedFuture(Problem.overloaded(
                                "issued_at: all of this second is revoked (expected: a repetition in the next one)"))
                        : statuses.answered(
                                reading.status(),
                                given,
                                registration.grant(),
                                RegistrationAnswer.of(reading, registration, caller.realms())));
    }

    /** The answer to one registration: what was registered, or why it was not. */
    static final class RegistrationAnswer {
        private static final String REALM = "realm_name";
        private static final String ACCESS = "access_token";
        private static final String REFRESH = "refresh_token";

        private RegistrationAnswer() {}

        /**
         * @param scope the realms of the caller: for a token of another realm, the answer says only that it is taken
         */
        static DocumentAnswer of(RegistrationReader.Reading reading, Registration registration, RealmScope scope) {
            return switch (registration.outcome()) {
                case CREATED -> new DocumentAnswer(201, facts(reading, registration.grant()));
                case UNCHANGED -> new DocumentAnswer(200, facts(reading, registration.grant()));
                case CONFLICT ->
                    DocumentAnswer.problem(409, "token: registered already, with " + differing(registration, scope));
                case INVALIDATED ->
                    DocumentAnswer.problem(
                            409,
                            registration.fields().contains(Registration.ISSUED_AT)
                                    ? "issued_at: all that was issued then is revoked (expected: a fresh token)"
                                    : invalidated(registration)
                                            + ": registered already, and invalidated (expected: a fresh token)");
            };
        }

        /** For a token of another realm, no other field is named. */
        private static String differing(Registration registration, RealmScope scope) {
            Set<String> fields = registration.fields();
            if (fields.isEmpty() || (fields.contains(REALM) && scope.only().isPresent())) {
                return "other facts";
            }
            return "another " + (fields.contains(REALM) ? REALM : list(fields.stream()));
        }

        private static String invalidated(Registration registration) {
            Grant grant = registration.grant();
            return registration.fields().isEmpty()
                    ? list(Stream.concat(
                            grant.access().map(token -> ACCESS).stream(),
                            grant.refresh().map(token -> REFRESH).stream()))
                    : list(registration.fields().stream());
        }

        private static String list(Stream<String> fields) {
            return String.join(", ", fields.sorted().toList());
        }

        private static ObjectNode facts(RegistrationReader.Reading reading, Grant grant) {
            ObjectNode out = JsonNodeFactory.instance.objectNode();
            out.put(REALM, grant.holder().realm().value());
            out.put("username", grant.holder().user().value());
            reading.mintedAccess().ifPresent(token -> out.put(ACCESS, token));
            reading.mintedRefresh().ifPresent(token -> out.put(REFRESH, token));
            putLifetime(out, "expires_in", grant, grant.access());
            putLifetime(out, "refresh_expires_in", grant, grant.refresh());
            GrantListing.put(grant.facts(), out);
            return out;
        }

        private static void putLifetime(ObjectNode out, String field, Grant grant, Optional<Granted> token) {
            token.ifPresent(granted -> out.put(
                    field,
                    Duration.between(grant.facts().issuedAt(), granted.expiresAt())
                            .toSeconds()));
        }
    }
}
