package io.revoker.http.check;

import com.google.protobuf.CodedOutputStream;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * An answer as an {@code envoy.service.auth.v3.CheckResponse}. The numbers are those of external_auth.proto, base.proto
 * and http_status.proto in Envoy's API, and of google/rpc/status.proto.
 *
 * @param foreign headers of the request that must not reach the guarded service
 */
record AuthorizationResponse(CheckAnswer answer, Set<String> foreign) {
    private static final int STATUS = 1;
    private static final int CODE = 1;
    private static final int DENIED = 2;
    private static final int DENIED_STATUS = 1;
    private static final int OK = 3;
    private static final int HEADERS = 2;
    private static final int TO_REMOVE = 5;
    private static final int HEADER = 1;
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int APPEND_ACTION = 3;

    /**
     * Else what the client has sent would stay beside it. {@code append}, the older field, means the same by default.
     */
    private static final int OVERWRITE_IF_EXISTS_OR_ADD = 2;

    Buffer bytes() {
        return Buffer.buffer(message(out -> {
            out.writeByteArray(STATUS, message(status -> status.writeInt32(CODE, code())));
            if (answer.status() == 200) {
                out.writeByteArray(OK, message(this::allowed));
            } else {
                out.writeByteArray(DENIED, message(this::denied));
            }
        }));
    }

    /** The codes of gRPC. */
    private int code() {
        return switch (answer.status()) {
            case 200 -> 0;
            case 401 -> 16;
            case 403 -> 7;
            default -> 14;
        };
    }

    private void allowed(CodedOutputStream out) throws IOException {
        answer.identity((name, value) -> header(out, name, value));
        for (String name : foreign) {
            out.writeByteArray(TO_REMOVE, text(name));
        }
    }

    private void denied(CodedOutputStream out) throws IOException {
        out.writeByteArray(DENIED_STATUS, message(status -> status.writeEnum(CODE, answer.status())));
        answer.about((name, value) -> header(out, name, value));
    }

    private static void header(CodedOutputStream out, CharSequence name, CharSequence value) {
        try {
            out.writeByteArray(HEADERS, message(option -> {
                option.writeByteArray(HEADER, message(pair -> {
                    pair.writeByteArray(KEY, text(name.toString().toLowerCase(Locale.ROOT)));
                    pair.writeByteArray(VALUE, text(value));
                }));
                option.writeEnum(APPEND_ACTION, OVERWRITE_IF_EXISTS_OR_ADD);
            }));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] text(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private interface Writer {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes, 64);
        try {
            writer.write(out);
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
