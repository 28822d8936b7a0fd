package io.revoker.client;

import io.revoker.client.internal.JsonFields;
import java.io.IOException;
import java.net.http.HttpResponse;

/** The response of a node: its status, and its body before it is parsed. */
final class NodeResponse {
    private final int status;
    private final byte[] body;

    NodeResponse(int status, byte[] body) {
        this.status = status;
        this.body = body;
    }

    static NodeResponse of(HttpResponse<byte[]> response) {
        return new NodeResponse(response.statusCode(), response.body());
    }

    int status() {
        return status;
    }

    /** The body, for any status. */
    JsonFields fields() throws IOException {
        return JsonFields.read(body);
    }

    /** The body of a response that reports success. */
    JsonFields success() throws IOException {
        if (status < 200 || status > 299) {
            throw RevokerStatusException.of(this);
        }
        return fields();
    }

    /** Turns a response into what the caller of the client gets. */
    interface Decoder<T> {
        T decode(NodeResponse response) throws IOException;
    }
}
