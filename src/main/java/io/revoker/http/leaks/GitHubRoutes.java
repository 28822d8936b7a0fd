package io.revoker.http.leaks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.config.HttpConfig;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Sha256;
import io.revoker.domain.jwt.ReportVerifier;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.PostOnly;
import io.revoker.http.ProblemDetails;
import io.revoker.http.Routes;
import io.revoker.http.leaks.LeakedTokens.Leak;
import io.revoker.http.single.TokenRevocations;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/leaks/github}: GitHub reports what its
 * <a href="https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partnership-program/secret-scanning-partner-program">secret
 * scanning</a> has found. It needs no credentials: GitHub has signed what it sends.
 */
public final class GitHubRoutes implements Routes {
    private static final String PATH = "/v1/leaks/github";
    private static final String JSON = "application/json";
    private static final String KEY = "Github-Public-Key-Identifier";
    private static final String SIGNATURE = "Github-Public-Key-Signature";
    private static final Caller GITHUB =
            new Caller("GitHub secret scanning", Set.of(Privilege.INVALIDATE), RealmScope.ALL);

    private final Optional<ReportVerifier> verifier;
    private final LeakedTokens tokens;
    private final Predicate<String> looksMinted;
    private final Gate gate;
    private final ReportBodies bodies;

    /**
     * Creates them.
     *
     * @param verifier absent if GitHub may not report
     * @param looksMinted whether a text has the form of a minted token, expired or not
     * @param http how long bodies may be
     */
    public GitHubRoutes(
            Optional<ReportVerifier> verifier,
            TokenRevocations tokens,
            Predicate<String> looksMinted,
            Gate gate,
            HttpConfig http) {
        this.verifier = verifier;
        this.tokens = new LeakedTokens(tokens, LoggerFactory.getLogger(GitHubRoutes.class));
        this.looksMinted = looksMinted;
        this.gate = gate;
        this.bodies = ReportBodies.of(http);
    }

    @Override
    public void mount(Router router) {
        PostOnly.mount(
                router,
                PATH,
                Map.of(JSON, request -> verifier.ifPresentOrElse(by -> read(request, by), () -> notThere(request))),
                JSON);
    }

    private static void notThere(RoutingContext request) {
        new ProblemDetails(404, "leaks.github-keys: not set (expected: the URL of GitHub's keys)").send(request);
    }

    private void read(RoutingContext request, ReportVerifier by) {
        AsyncAnswer.by(request, bodies.read(request.request()), body -> revoke(request, by, body));
    }

    private void revoke(RoutingContext request, ReportVerifier by, Buffer body) {
        Future<Caller> signer = by.verify(header(request, KEY), header(request, SIGNATURE), body.getBytes())
                .map(GITHUB);
        AsyncAnswer.orProblem(
                request,
                gate.admitToRevoke(request, signer)
                        .compose(caller -> revoke(LeakedTokens.read(body.getBytes()), caller)),
                labels -> Answer.json(request, 200, labels));
    }

    private Future<ArrayNode> revoke(List<Leak> leaked, Caller caller) {
        return tokens.revoke(leaked, caller).map(found -> labels(leaked, found));
    }

    /** Empty if there is none: then the request is not signed. */
    private static String header(RoutingContext request, String name) {
        return Optional.ofNullable(request.request().getHeader(name)).orElse("");
    }

    private ArrayNode labels(List<Leak> leaked, List<Report.Outcome> found) {
        ArrayNode labels = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < leaked.size(); i++) {
            Leak leak = leaked.get(i);
            boolean ours = found.get(i) != Report.Outcome.NOT_FOUND || looksMinted.test(leak.token());
            ObjectNode label = labels.addObject().put("token_hash", hash(leak.token()));
            leak.type().ifPresent(type -> label.put("token_type", type));
            label.put("label", ours ? "true_positive" : "false_positive");
        }
        return labels;
    }

    private static String hash(String token) {
        ByteBuffer hash = Sha256.of(token);
        byte[] bytes = new byte[hash.remaining()];
        hash.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
