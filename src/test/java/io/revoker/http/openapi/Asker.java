package io.revoker.http.openapi;

import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;

/** A client of a service, with its credentials where the route looks for them. */
record Asker(RunningService service, String client) {

    Reply ask(String method, String path) {
        return known(service.call(method, path)).send();
    }

    Reply json(String method, String path, String body) {
        return known(service.call(method, path)).json(body).send();
    }

    Reply lines(String path, String body) {
        return known(service.call("POST", path))
                .header("Content-Type", "application/x-ndjson")
                .body(body)
                .send();
    }

    /** As a transmitter pushes a security event token. */
    Reply event(String token) {
        return known(service.call("POST", "/ssf/events"))
                .header("Content-Type", "application/secevent+jwt")
                .body(token)
                .send();
    }

    /** A client may have ten, so it is removed again. */
    Reply newStream() {
        Reply created = json("POST", "/ssf/stream", "{}");
        ask(
                "DELETE",
                "/ssf/stream?stream_id=" + created.json().path("stream_id").asText());
        return created;
    }

    Reply form(String path, String body) {
        return known(service.call("POST", path)).form(body).send();
    }

    /** As a gateway asks: in its own name, with the token of the request that it guards. */
    Reply check(String method, String path, String token) {
        String credentials = Call.base64(client + ':' + ClientFiles.SECRET);
        return service.call(method, path)
                .bearer(token)
                .header("Revoker-Authorization", "Basic " + credentials)
                .send();
    }

    /** The listener that has no callers. */
    Reply manage(String method, String path) {
        return Call.of(method, service.managementUri(path)).send();
    }

    private Call known(Call call) {
        return call.basic(client, ClientFiles.SECRET);
    }
}
