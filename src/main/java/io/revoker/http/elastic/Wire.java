package io.revoker.http.elastic;

import io.revoker.domain.Problem;
import io.revoker.http.ContentCoding;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between the requests of Vert.x and the answers of this wire. */
final class Wire {
    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

    private Wire() {}

    /** Does the work, and answers with the fault that it throws, in the caller's format as far as that is known. */
    static void attempt(RoutingContext request, Consumer<Rendering> work) {
        Rendering rendering = Rendering.DEFAULT;
        try {
            rendering = rendering(request);
            work.accept(rendering);
        } catch (ElasticFault fault) {
            send(request, ElasticAnswer.of(fault, rendering));
        }
    }

    static ElasticParameters parameters(RoutingContext request) {
        try {
            return ElasticParameters.of(request.queryParams());
        } catch (HttpException undecodable) {
            throw RequestFaults.badParameters();
        }
    }

    static void requireMethod(RoutingContext request, List<String> methods) {
        String method = request.request().method().name();
        if (!methods.contains(method)) {
            throw RequestFaults.wrongMethod(request.request().uri(), method, methods);
        }
    }

    static void requireReadable(RoutingContext request) {
        if (!ContentCoding.isReadable(request.request())) {
            throw RequestFaults.contentCodingUnsupported(
                    request.request().headers().getAll(HttpHeaders.CONTENT_ENCODING));
        }
    }

    private static Rendering rendering(RoutingContext request) {
        return parameters(request)
                .rendering(Optional.ofNullable(request.request().getHeader(HttpHeaders.ACCEPT)), contentTypes(request));
    }

    static List<String> contentTypes(RoutingContext request) {
        return request.request().headers().getAll(HttpHeaders.CONTENT_TYPE);
    }

    /** A fault of any kind, in the caller's format as far as that is known. */
    static void fail(RoutingContext request, Throwable failure, Rendering rendering) {
        if (failure instanceof Problem problem && problem.isWorthRepeating()) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        send(request, ElasticAnswer.of(fault(failure), rendering));
    }

    static void send(RoutingContext request, ElasticAnswer answer) {
        answer.headers().forEach((name, values) -> request.response().putHeader(name, values));
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
        request.response()
                .setStatusCode(answer.status())
                .end(Buffer.buffer(answer.body()))
                .onFailure(gone ->
                        LOG.atDebug().addKeyValue("failure", gone.getMessage()).log("answer lost"));
    }

    private static ElasticFault fault(Throwable failure) {
        if (failure instanceof ElasticFault fault) {
            return fault;
        }
        if (failure instanceof Problem problem) {
            return ProblemFaults.of(problem);
        }
        if (failure instanceof HttpException unreadable) {
            return RequestFaults.bodyUnreadable(unreadable);
        }
        LOG.error("request failed", failure);
        return ProblemFaults.of(Problem.internal(failure.getClass().getSimpleName()));
    }
}
