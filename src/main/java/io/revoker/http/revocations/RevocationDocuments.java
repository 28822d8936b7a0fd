package io.revoker.http.revocations;

import io.revoker.bus.AuditBus;
import io.revoker.bus.Count;
import io.revoker.bus.Revoke;
import io.revoker.bus.Revoke.Until;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Problem;
import io.revoker.domain.store.AnswerStore.Reserve;
import io.revoker.domain.store.LockStore.Find;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.Json;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.RouteContext;
import io.revoker.http.request.BodyReader;
import io.revoker.http.request.Parameters;
import io.revoker.http.single.ReceiptWaits;
import io.revoker.http.single.RevocationReader;
import io.revoker.http.single.TokenRevocations;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code POST /v1/revocations} with one JSON document. Every problem is an answer. */
public final class RevocationDocuments implements Consumer<RoutingContext> {
    private static final String WAIT = "wait_for_completion";
    private static final List<String> KNOWN = Stream.concat(ReceiptWaits.PARAMETERS.stream(), Stream.of(WAIT))
            .sorted()
            .toList();

    private final RouteContext context;
    private final Gate gate;
    private final BodyReader bodies;
    private final InstantSource time;
    private final TokenRevocations tokens;
    private final DocumentWork work;
    private final OnceOnly once;
    private final ReceiptWaits receipts;

    /**
     * Creates it for one event loop.
     *
     * @param tokens revokes them
     */
    public RevocationDocuments(
            RouteContext context,
            RevokerBus bus,
            TokenRevocations tokens,
            Gate gate,
            BodyReader bodies,
            InstantSource time,
            ReceiptWaits receipts) {
        this.context = context;
        this.gate = gate;
        this.bodies = bodies;
        this.time = time;
        this.tokens = tokens;
        this.receipts = receipts;
        this.once = new OnceOnly(bus, context.vertx());
        this.work = new DocumentWork(
                tokens,
                (asked, most) -> bus.count(new Count(asked, most)),
                scope -> bus.findLocks(new Find(scope)),
                new AuditBus(bus)::note);
    }

    @Override
    public void accept(RoutingContext request) {
        gate.admit(
                request,
                Privilege.INVALIDATE,
                new ProblemAccessDenied(),
                caller -> AsyncAnswer.by(
                        request,
                        bodies.read(request.request()),
                        body -> AsyncAnswer.by(
                                request, answer(request, body.getBytes(), caller), done -> done.send(request))));
    }

    /** After its body is read, a revocation has a time limit of its own. */
    private Future<RevocationAnswer> answer(RoutingContext request, byte[] body, Caller caller) {
        context.unhurried().accept(request);
        try {
            Parameters query = Parameters.ofQuery(request.request());
            query.requireOnly(KNOWN);
            Map<String, String> parameters = query.values();
            return answer(
                    body,
                    caller,
                    new Terms(
                            until(parameters),
                            () -> OnceOnly.key(request.request().headers().getAll(OnceOnly.HEADER)),
                            () -> receipts.read(request, parameters)));
        } catch (Problem problem) {
            return Future.succeededFuture(RevocationAnswer.of(problem));
        }
    }

    /**
     * What comes beside the document.
     *
     * @param key with which it is done once
     * @param followers that are waited for
     */
    private record Terms(
            Until until, Supplier<Optional<String>> key, Supplier<Optional<ReceiptWaits.Wait>> followers) {}

    /** Carries out a document of a caller who may revoke, in its realms. */
    public Future<RevocationAnswer> answer(byte[] body, Caller caller, Until until) {
        return answer(body, caller, new Terms(until, Optional::empty, Optional::empty));
    }

    private Future<RevocationAnswer> answer(byte[] body, Caller caller, Terms terms) {
        Until until = terms.until();
        try {
            RevocationDocument document = RevocationDocument.read(
                    Json.read(body), new TargetReader(new RevocationReader(tokens, caller.realms(), time)));
            if (!gate.lets(caller, Privilege.INVALIDATE, document.named().first())) {
                throw Problem.forbidden("target: outside of the client's realms");
            }
            Revoke revoke = new Revoke(document.named().first(), caller.realms(), until, Optional.of(caller.id()))
                    .because(document.reason())
                    .locking(document.lockUntil());
            Function<Supplier<Optional<Instant>>, Future<RevocationAnswer>> answer =
                    latest -> Future.succeededFuture(document)
                            .map(asked -> asked.requireLockToCome(time.instant()))
                            .compose(asked -> work.of(asked, revoke, caller, latest))
                            .otherwise(RevocationAnswer::of);
            Optional<ReceiptWaits.Wait> wait = terms.followers().get();
            return terms.key()
                    .get()
                    .map(key -> once.answer(
                            Reserve.shortly(caller.id(), key, OnceOnly.fingerprint(until.name(), body)), answer))
                    .orElseGet(() -> answer.apply(Optional::empty))
                    .otherwise(RevocationAnswer::of)
                    .compose(done -> wait.map(open -> done.awaiting(open, revoke.target(), caller))
                            .orElseGet(() -> Future.succeededFuture(done)));
        } catch (Problem problem) {
            return Future.succeededFuture(RevocationAnswer.of(problem));
        }
    }

    private static Until until(Map<String, String> parameters) {
        String wait = parameters.getOrDefault(WAIT, "");
        if (!Set.of("", "true", "false").contains(wait)) {
            throw Problem.invalid(WAIT + ": not a boolean (expected: true or false)");
        }
        return wait.equals("false") ? Until.MARKED : Until.SWEPT;
    }
}
