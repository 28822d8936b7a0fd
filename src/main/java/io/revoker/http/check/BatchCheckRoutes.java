package io.revoker.http.check;

import io.revoker.caller.Privilege;
import io.revoker.config.CheckConfig;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.PostOnly;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.Routes;
import io.revoker.http.request.BodyReader;
import io.revoker.http.single.MinStamp;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Supplier;

/** {@code POST /v1/checks}: which of some tokens are active. */
public final class BatchCheckRoutes implements Routes {
    private static final String PATH = "/v1/checks";
    private static final String TYPE = "application/json";

    private final BatchChecks checks;
    private final Gate gate;
    private final Supplier<CheckConfig> limits;
    private final MinStamp minStamp;

    /** @param limits the current limits, read with every request */
    public BatchCheckRoutes(BatchChecks checks, Gate gate, Supplier<CheckConfig> limits, MinStamp minStamp) {
        this.checks = checks;
        this.gate = gate;
        this.limits = limits;
        this.minStamp = minStamp;
    }

    @Override
    public void mount(Router router) {
        PostOnly.mount(router, PATH, Map.of(TYPE, this::admit), TYPE);
    }

    /** The body may be large, so it waits until the caller is known. */
    private void admit(RoutingContext request) {
        gate.admit(request, Privilege.CHECK, new ProblemAccessDenied(), caller -> {
            request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            Future<Buffer> body =
                    new BodyReader(limits.get().maxBodySize(), "check.max-body-size").read(request.request());
            AsyncAnswer.by(
                    request,
                    body,
                    read -> AsyncAnswer.orProblem(
                            request,
                            minStamp.await(request.request().headers())
                                    .compose(ready -> checks.answer(read.getBytes(), caller)),
                            answer -> Answer.send(request, 200, "application/json; charset=UTF-8", answer)));
        });
    }
}
