package io.revoker.http.check;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What matters of an {@code envoy.service.auth.v3.CheckRequest}. It is read field by field: the classes that Envoy
 * publishes for its messages are 30 MB, and would make an object of each header, of which one is needed. What is not
 * looked at is skipped. The numbers are those of external_auth.proto, attribute_context.proto and base.proto in
 * <a href="https://github.com/envoyproxy/envoy/tree/main/api/envoy">Envoy's API</a>.
 */
final class AuthorizationRequest {
    private static final int ATTRIBUTES = 1;
    private static final int REQUEST = 4;
    private static final int HTTP = 2;
    private static final int HEADERS = 3;
    private static final int HEADER_MAP = 13;
    private static final int MAP_HEADERS = 1;
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int RAW_VALUE = 3;

    private static final String OURS = "x-auth-";
    private static final Set<String> REPLACED =
            Set.of("x-auth-subject", "x-auth-realm", "x-auth-exp", "x-auth-client", "x-auth-scope");

    private final MultiMap authorization = MultiMap.caseInsensitiveMultiMap();
    private final Set<String> foreign = new TreeSet<>();

    private AuthorizationRequest() {}

    /**
     * Reads a message. Envoy sends the headers of the request in {@code headers}, or with {@code encode_raw_headers} in
     * {@code header_map}.
     *
     * @throws IOException if it is malformed
     */
    static AuthorizationRequest read(byte[] message) throws IOException {
        AuthorizationRequest read = new AuthorizationRequest();
        each(CodedInputStream.newInstance(message), (field, in) -> inside(field == ATTRIBUTES, in, read::attributes));
        return read;
    }

    private boolean attributes(int field, CodedInputStream in) throws IOException {
        return inside(field == REQUEST, in, this::request);
    }

    private boolean request(int field, CodedInputStream in) throws IOException {
        return inside(field == HTTP, in, this::http);
    }

    private boolean http(int field, CodedInputStream in) throws IOException {
        if (field == HEADERS) {
            header(in);
            return true;
        }
        return inside(field == HEADER_MAP, in, this::headerMap);
    }

    private boolean headerMap(int field, CodedInputStream in) throws IOException {
        if (field == MAP_HEADERS) {
            header(in);
            return true;
        }
        return false;
    }

    private void header(CodedInputStream in) throws IOException {
        Header header = new Header();
        inside(true, in, header::field);
        String name = header.name.toLowerCase(Locale.ROOT);
        if (name.equals("authorization")) {
            authorization.add(HttpHeaders.AUTHORIZATION, header.value);
        } else if (name.replace('_', '-').startsWith(OURS) && !REPLACED.contains(name)) {
            foreign.add(header.name);
        }
    }

    /** The token of the request, if it has exactly one. */
    Optional<PresentedToken> token() {
        return PresentedToken.of(authorization);
    }

    /**
     * The headers of the client that the guarded service could take for Revoker's and that an answer does not replace:
     * with another name, or with underscores, which some services take for hyphens.
     */
    Set<String> foreign() {
        return foreign;
    }

    /** A header of the map, or an entry of the list, whose fields have the same numbers. */
    private static final class Header {
        private String name = "";
        private String value = "";

        private boolean field(int field, CodedInputStream in) throws IOException {
            switch (field) {
                case KEY -> name = text(in);
                case VALUE, RAW_VALUE -> {
                    String sent = text(in);
                    value = sent.isEmpty() ? value : sent;
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        /** As HTTP reads its headers. */
        private static String text(CodedInputStream in) throws IOException {
            return new String(in.readByteArray(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Reads a field, or returns false if it is to be skipped. */
    private interface Reader {
        boolean field(int number, CodedInputStream in) throws IOException;
    }

    private static boolean inside(boolean wanted, CodedInputStream in, Reader reader) throws IOException {
        if (wanted) {
            int outer = in.pushLimit(in.readRawVarint32());
            each(in, reader);
            in.popLimit(outer);
        }
        return wanted;
    }

    private static void each(CodedInputStream in, Reader reader) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            boolean nested = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (!nested || !reader.field(WireFormat.getTagFieldNumber(tag), in)) {
                in.skipField(tag);
            }
        }
    }
}
