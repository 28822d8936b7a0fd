package io.revoker.http.revocations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.RevokerBus;
import io.revoker.domain.Problem;
import io.revoker.domain.Sha256;
import io.revoker.domain.store.AnswerStore.Reserve;
import io.revoker.domain.store.AnswerStore.Reserved;
import io.revoker.domain.store.AnswerStore.Settle;
import io.revoker.http.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Does a request with an {@code Idempotency-Key} once, and answers its repetitions with the same answer
 * (draft-ietf-httpapi-idempotency-key-header).
 */
record OnceOnly(RevokerBus bus, Vertx vertx) {
    static final String HEADER = "Idempotency-Key";

    /** A string of RFC 8941, or the same without quotation marks, as many programs send it. */
    private static final Pattern KEY = Pattern.compile("\"([ !#-\\[\\]-~]{1,255})\"|([!#-\\[\\]-~]{1,255})");

    private static final int REQUEST_BYTES = 18;

    /** The key of a request. */
    static Optional<String> key(List<String> headers) {
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        var key = KEY.matcher(headers.get(0).strip());
        if (headers.size() > 1 || !key.matches()) {
            throw Problem.invalid(HEADER + ": not a key (expected: one string of 1 to 255 visible ASCII characters)");
        }
        return Optional.of(key.group(key.group(1) == null ? 2 : 1));
    }

    /** What only the same request has. */
    static String fingerprint(String parameters, byte[] body) {
        byte[] begin = (parameters + '\n').getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[begin.length + body.length];
        System.arraycopy(begin, 0, all, 0, begin.length);
        System.arraycopy(body, 0, all, begin.length, body.length);
        byte[] hash = new byte[REQUEST_BYTES];
        Sha256.of(all).get(hash);
        return Base64.getUrlEncoder().encodeToString(hash);
    }

    /** @param work is given the time after which it must not take effect, which moves as long as it goes on */
    Future<RevocationAnswer> answer(
            Reserve request, Function<Supplier<Optional<Instant>>, Future<RevocationAnswer>> work) {
        return reserve(request).compose(reserved -> switch (reserved.state()) {
            case NEW -> leased(new Lease(bus, vertx, request, reserved), work);
            case UNDER_WAY ->
                Future.succeededFuture(RevocationAnswer.refusal(
                        409, HEADER + ": its request is under way (expected: a later repetition)"));
            case OTHER_REQUEST ->
                Future.succeededFuture(
                        RevocationAnswer.refusal(422, HEADER + ": used for another request (expected: a new key)"));
            case ANSWERED -> Future.succeededFuture(kept(reserved));
        });
    }

    /** If it is not known whether the key is reserved now, it is freed as soon as the store can be reached. */
    private Future<Reserved> reserve(Reserve request) {
        return bus.reserveAnswer(request).onFailure(failure -> free(request));
    }

    private void free(Reserve request) {
        bus.settleAnswer(new Settle(request, Optional.empty())).onFailure(unreachable -> {});
    }

    private static Future<RevocationAnswer> leased(
            Lease lease, Function<Supplier<Optional<Instant>>, Future<RevocationAnswer>> work) {
        return work.apply(lease::end).compose(answer -> settle(lease, answer));
    }

    /** The revocation is done, whether its answer can be kept or not. */
    private static Future<RevocationAnswer> settle(Lease lease, RevocationAnswer answer) {
        Optional<String> kept = answer.isFinal() ? Optional.of(text(answer)) : Optional.empty();
        return lease.settle(kept).map(answer).otherwise(answer);
    }

    private static String text(RevocationAnswer answer) {
        ObjectNode text = JsonNodeFactory.instance.objectNode().put("status", answer.status());
        ObjectNode headers = text.putObject("headers");
        answer.headers().forEach(headers::put);
        text.set("body", answer.body());
        return new String(Json.write(text), StandardCharsets.UTF_8);
    }

    private static RevocationAnswer kept(Reserved reserved) {
        JsonNode text = Json.read(reserved.answer().orElseThrow().getBytes(StandardCharsets.UTF_8));
        Map<String, String> headers = new LinkedHashMap<>();
        text.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return new RevocationAnswer(text.path("status").asInt(), headers, (ObjectNode) text.required("body"));
    }
}
