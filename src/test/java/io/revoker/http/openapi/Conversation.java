package io.revoker.http.openapi;

import static io.revoker.testing.Waiting.until;

import io.revoker.testing.RedisClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

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
        conversation.bare();
        conversation.afterRevocation();
        conversation.locks();
        conversation.receipts();
        conversation.statusLists();
        conversation.streams();
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

    /** To a service that says nothing of itself. */
    private void bare() {
        for (String method : List.of("get", "head")) {
            exchangeBare("noIssuer", "/.well-known/oauth-authorization-server", method, call -> call);
            exchangeBare("noKeys", "/.well-known/jwks.json", method, call -> call);
        }
        exchangeBare("notConfigured", "/v1/leaks/github", "post", call -> call);
        exchangeBare("unsigned", "/oauth2/introspect", "post", Provocations::signed);
    }

    private void exchangeBare(String name, String path, String method, UnaryOperator<Call> twist) {
        Call call = twist.apply(new Calls(description.operation(path, method).orElseThrow()).usual());
        exchanges.add(new Exchange(name, path, method, call, service.sendBare(call)));
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

    /** An example has made one. */
    private void locks() {
        Operation list = description.operation("/v1/locks", "get").orElseThrow();
        Operation remove = description.operation("/v1/locks/{lock}", "delete").orElseThrow();
        String locks = service.send(new Calls(list).usual()).body();
        String id = locks.replaceFirst(".*\"id\":\"([0-9a-f]{16})\".*", "$1");
        exchange("", list, new Calls(list).usual());
        exchange("", remove, new Calls(remove).usual().at("/v1/locks/" + id));
        exchange("unknown", remove, new Calls(remove).usual());
    }

    /** With a follower that has confirmed nothing yet. */
    private void receipts() {
        Operation confirm = description.operation("/v1/followers/{name}", "put").orElseThrow();
        exchange("", confirm, new Calls(confirm).usual());
        Operation list = description.operation("/v1/followers", "get").orElseThrow();
        exchange("", list, new Calls(list).usual());
        for (String path : List.of("/_security/oauth2/token", "/_xpack/security/oauth2/token")) {
            Operation revoke = description.operation(path, "delete").orElseThrow();
            exchange("", revoke, waiting(new Calls(revoke).usual().saying("{\"username\":\"nobody\"}")));
        }
        Operation document = description.operation("/v1/revocations", "post").orElseThrow();
        exchange(
                "",
                document,
                waiting(new Calls(document)
                        .usual()
                        .with(Call.CONTENT_TYPE, "application/json")
                        .saying("{\"target\":{\"username\":\"nobody\"}}")));
    }

    private static Call waiting(Call call) {
        return call.asking("wait_for", "followers").asking("timeout", "10ms");
    }

    /** An example has made one. */
    private void statusLists() {
        Operation allocate =
                description.operation("/v1/status-allocations", "post").orElseThrow();
        String list = service.send(new Calls(allocate).usual())
                .body()
                .replaceFirst(".*(/v1/status-lists/[A-Za-z0-9_-]{22}).*", "$1");
        for (String method : List.of("get", "head")) {
            Operation read =
                    description.operation("/v1/status-lists/{list}", method).orElseThrow();
            Call call = new Calls(read).usual().at(list);
            exchange("", read, call);
            exchange("", read, call.with("Accept-Encoding", "gzip").as("HEAD"));
            exchange("", read, call.with("If-None-Match", "*"));
        }
    }

    /** An example has made some. */
    private void streams() {
        Operation list = description.operation("/ssf/stream", "get").orElseThrow();
        String streams = service.send(new Calls(list).usual()).body();
        String id = streams.replaceFirst("(?s).*?\"stream_id\":\"([0-9a-f-]{36})\".*", "$1");
        for (String method : List.of("patch", "put")) {
            ofStream("", "/ssf/stream", method, id);
        }
        exchange("", list, new Calls(list).usual().asking("stream_id", id));
        ofStream("", "/ssf/status", "post", id);
        Operation status = description.operation("/ssf/status", "get").orElseThrow();
        exchange("", status, new Calls(status).usual().at("/ssf/status?stream_id=" + id));
        ofStream("", "/ssf/verify", "post", id);
        ofStream("tooSoon", "/ssf/verify", "post", id);
        Operation poll = description.operation("/ssf/poll/{stream}", "post").orElseThrow();
        exchange("", poll, new Calls(poll).usual().at("/ssf/poll/" + id));
        Operation remove = description.operation("/ssf/stream", "delete").orElseThrow();
        exchange("", remove, new Calls(remove).usual().at("/ssf/stream?stream_id=" + id));
    }

    private void ofStream(String name, String path, String method, String id) {
        Operation operation = description.operation(path, method).orElseThrow();
        Call call = new Calls(operation).usual();
        exchange(name, operation, call.saying(call.body().replaceFirst("[0-9a-f-]{36}", id)));
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
        exchange(
                "storeDownInStream",
                stream,
                new Calls(stream)
                        .usual()
                        .with(Call.CONTENT_TYPE, "application/x-ndjson")
                        .saying("{\"token\":\"never-registered\"}"));
    }

    /** A stream of registrations is answered 200, with the fault in its lines. */
    private Call outageCall(Operation operation) {
        if (operation.path().equals("/oidc/backchannel-logout")) {
            return Provocations.loggingOut(new Calls(operation).usual());
        }
        if (operation.path().equals("/ssf/events")) {
            return Provocations.tellingOfAnEvent(new Calls(operation).usual());
        }
        if (operation.path().equals("/v1/leaks/github")) {
            return Provocations.signedByGitHub(new Calls(operation).usual());
        }
        if (operation.path().equals("/v1/tokens")) {
            return operation.method().equals("post")
                    ? provocations.registrationOfEve(operation)
                    : new Calls(operation).usual().asking("realm_name", "corp");
        }
        return new Calls(operation).usual();
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
