package io.revoker.redis.answers;

import io.revoker.domain.Problem;
import io.revoker.domain.Sha256;
import io.revoker.domain.store.AnswerStore;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A hash for each caller: the field is a hash of the key, the value its expiry in four bytes, the request, and its
 * owner or, once there is one, its answer. A key whose owner has not renewed it is free again. Used by one event loop
 * only.
 */
public final class RedisAnswerStore implements AnswerStore {
    private static final int MOST_OF_A_CALLER = 10_000;
    private static final int FIELD = 16;
    private static final String FULL = "full";

    /** No answer begins with it. */
    private static final String OWNER = "\u0001";

    /** The clocks of two nodes of a Cluster may differ by as much. */
    private static final Duration SKEW = Duration.ofSeconds(3);

    private final RedisLink link;
    private final Keys keys;

    public RedisAnswerStore(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    @Override
    public Future<Reserved> reserve(Reserve request) {
        return link.send(Script.RESERVE
                        .call(keys.answers(request.caller()))
                        .arg(field(request))
                        .arg(request.request())
                        .arg(request.lease().toSeconds() + 1)
                        .arg(MOST_OF_A_CALLER)
                        .arg(owner(request)))
                .map(reply -> reply.type() == ResponseType.NUMBER
                        ? reserved(Instant.ofEpochSecond(reply.toLong()))
                        : held(request, reply.toString()));
    }

    private static Reserved reserved(Instant end) {
        return new Reserved(State.NEW, Optional.empty(), Optional.of(end.minus(SKEW)));
    }

    private static Reserved held(Reserve request, String text) {
        if (text.equals(FULL)) {
            throw Problem.overloaded("Idempotency-Key: " + MOST_OF_A_CALLER
                    + " keys of this client are kept (expected: fewer; nothing was revoked)");
        }
        if (!text.startsWith(request.request())) {
            return new Reserved(State.OTHER_REQUEST, Optional.empty());
        }
        String answer = text.substring(request.request().length());
        return answer.isEmpty() || answer.startsWith(OWNER)
                ? new Reserved(State.UNDER_WAY, Optional.empty())
                : new Reserved(State.ANSWERED, Optional.of(answer));
    }

    @Override
    public Future<Reserved> settle(Settle request) {
        Reserve reserved = request.reserved();
        return link.send(Script.ANSWER
                        .call(keys.answers(reserved.caller()))
                        .arg(field(reserved))
                        .arg(reserved.request() + owner(reserved))
                        .arg(request.answer()
                                .map(answer -> reserved.request() + answer)
                                .orElse(""))
                        .arg(request.kept().toSeconds() + 1))
                .map(new Reserved(request.answer().isPresent() ? State.ANSWERED : State.NEW, request.answer()));
    }

    private static String owner(Reserve request) {
        return request.owner().isEmpty() ? "" : OWNER + request.owner();
    }

    private static byte[] field(Reserve request) {
        byte[] field = new byte[FIELD];
        Sha256.of(request.key()).get(field);
        return field;
    }
}
