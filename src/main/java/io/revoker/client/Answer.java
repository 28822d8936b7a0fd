package io.revoker.client;

import java.io.IOException;
import java.net.http.HttpResponse;

/** What a node answered: a status and a body that has not been read yet. */
final class Answer {
    private final int status;
    private final byte[] body;

    Answer(int status, byte[] body) {
        this.status = status;
        this.body = body;
    }

    static Answer of(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), response.body());
    }

    int status() {
        return status;
    }

    /** The body, whatever the status. */
    JsonFields fields() throws IOException {
        return Json.read(body);
    }

    /** The body of an answer that says the call was done. */
    JsonFields done() throws IOException {
        if (status < 200 || status > 299) {
            throw RevokerStatusException.of(this);
        }
        return fields();
    }

    /** Makes of an answer what the caller gets for it. */
    interface Decoder<T> {
        T decode(Answer answer) throws IOException;
    }
}
