package io.revoker.http.openapi;

import static io.revoker.testing.Waiting.until;

import io.revoker.testing.RedisClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Everything that a description can have the service say: to its examples, to provocations, and with Redis gone. */
final class Conversation {
    private static final int ATTEMPTS = 10_000;

    private final DescribedService service;
    private final Description description;
    private final Provocations provocations = new Provocations(Instant.now());
    private final List<Exchange> exchanges = new ArrayList<>();

    private Conversation(DescribedService service, Description description) {
        this.service = service;
        this.description = description;
    }

    /** Ends the service's Redis. */
    static List<Exchange> of(DescribedService service, Description description) {
        Conversation conversation = new Conversation(service, description);
        conversation.examples();
        conversation.provocations();
        conversation.afterRevocation();
        conversation.sweeps();
        conversation.outage();
        return List.copyOf(conversation.exchanges);
    }

    private void examples() {
        for (Operation operation : description.operations()) {
            for (Calls.Named example : new Calls(operation).all()) {
                exchange(example.name(), operation, example.call());
            }
        }
    }

    private void provocations() {
        for (Operation operation : description.operations()) {
            for (Provocations.Provocation provocation : provocations.of(operation)) {
                exchange(provocation.name(), operation, provocation.twist().apply(new Calls(operation).usual()));
            }
        }
    }

    private void afterRevocation() {
        Operation revoke =
                description.operation("/_security/oauth2/token", "delete").orElseThrow();
        exchange("", revoke, new Calls(revoke).usual().saying("{\"token\":\"opaque-access-of-eve\"}"));
        Operation register = description.operation("/v1/tokens", "post").orElseThrow();
        exchange("invalidated", register, provocations.registrationOfEve(register));
        Operation check = description.operation("/v1/check", "get").orElseThrow();
        exchange("", check, new Calls(check).usual().with(Call.AUTHORIZATION, "Bearer opaque-access-of-eve"));
    }

    /** One that ends at once, and one of an instance that has died a moment ago. */
    private void sweeps() {
        Operation revoke =
                description.operation("/_security/oauth2/token", "delete").orElseThrow();
        Call begin =
                new Calls(revoke).usual().saying("{\"realm_name\":\"lab\"}").asking("wait_for_completion", "false");
        String ended = service.send(begin).body().replaceAll("\\D", "");
        String abandoned = "1";
        try (RedisClient redis = RedisClient.of(service.redis().url())) {
            redis.call("ZADD", "rv:{log}:leases", "99999999999999", abandoned);
            redis.call("HSET", "rv:{log}:sweeps", abandoned, "RUNNING realm/lab 1795360087123");
        }
        Operation show = description.operation("/v1/sweeps/{sweep}", "get").orElseThrow();
        Operation stop = description.operation("/v1/sweeps/{sweep}", "delete").orElseThrow();
        Call usual = new Calls(show).usual();
        exchange("unknown", show, usual);
        exchange("", show, usual.at("/v1/sweeps/" + abandoned));
        until(
                "ended",
                () -> service.send(usual.at("/v1/sweeps/" + ended)).body().contains("\"ended\""));
        exchange("", show, usual.at("/v1/sweeps/" + ended));
        exchange("", stop, usual.at("/v1/sweeps/" + abandoned).as("DELETE"));
        exchange("", stop, usual.at("/v1/sweeps/" + ended).as("DELETE"));
    }

    private void outage() {
        service.redis().close();
        for (Operation operation : description.operations()) {
            if (operation.response(503).isPresent()) {
                outage(operation, outageCall(operation));
            }
        }
        Operation stream = description.operation("/v1/revocations", "post").orElseThrow();
        exchange("storeDown", stream, new Calls(stream).usual().saying("{\"token\":\"never-registered\"}"));
    }

    /** A stream of registrations is answered 200, with the fault in its lines. */
    private Call outageCall(Operation operation) {
        return operation.path().equals("/v1/tokens")
                ? provocations.registrationOfEve(operation)
                : new Calls(operation).usual();
    }

    /** The connections notice one by one that their server is gone. */
    private void outage(Operation operation, Call call) {
        for (int i = 0; i < ATTEMPTS; i++) {
            Answer answer = service.send(call);
            boolean noticed = answer.body().isEmpty() || answer.body().contains("not connected");
            if (answer.status() == 503 && noticed) {
                exchanges.add(new Exchange("storeDown", operation.path(), operation.method(), call, answer));
                return;
            }
        }
        throw new IllegalStateException(operation.path() + ": does not notice that Redis is gone");
    }

    private void exchange(String name, Operation operation, Call call) {
        exchanges.add(new Exchange(name, operation.path(), operation.method(), call, service.send(call)));
    }
}
