package io.revoker.http.elastic;

import io.revoker.domain.Problem;
import io.revoker.http.request.ContentCoding;
import io.revoker.http.request.Parameters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects the requests of Vert.x with the answers of this wire format. */
final class ElasticHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ElasticHandler.class);

    private ElasticHandler() {}

    /** Does the work, and answers with the error that it throws, in the caller's format if that is known. */
    static void attempt(RoutingContext request, Consumer<Rendering> work) {
        Rendering rendering = Rendering.DEFAULT;
        try {
            rendering = rendering(request);
            work.accept(rendering);
        } catch (ElasticError error) {
            send(request, ElasticAnswer.of(error, rendering));
        }
    }

    static ElasticParameters parameters(RoutingContext request) {
        try {
            // Elasticsearch takes a semicolon for an ampersand.
            return new ElasticParameters(Optional.ofNullable(request.request().query())
                    .map(query -> Parameters.ofQuery(query.replace(';', '&')).values())
                    .orElseGet(Map::of));
        } catch (Problem unreadable) {
            throw RequestErrors.badParameters(unreadable.text());
        }
    }

    static void requireMethod(RoutingContext request, List<String> methods) {
        String method = request.request().method().name();
        if (!methods.contains(method)) {
            throw RequestErrors.wrongMethod(request.request().uri(), method, methods);
        }
    }

    static void requireReadable(RoutingContext request) {
        if (!ContentCoding.isReadable(request.request())) {
            throw RequestErrors.contentCodingUnsupported(
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

    /** Answers with an error of any kind, in the caller's format if that is known. */
    static void fail(RoutingContext request, Throwable failure, Rendering rendering) {
        if (failure instanceof Problem problem && problem.isWorthRepeating()) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        send(request, ElasticAnswer.of(error(failure), rendering));
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

    private static ElasticError error(Throwable failure) {
        if (failure instanceof ElasticError error) {
            return error;
        }
        if (failure instanceof HttpException unreadable) {
            return RequestErrors.bodyUnreadable(unreadable);
        }
        if (!(failure instanceof Problem)) {
            LOG.error("request failed", failure);
        }
        return ProblemErrors.of(Problem.of(failure));
    }
}
