package io.revoker.redis.answers;

import io.revoker.domain.Problem;
import io.revoker.domain.Sha256;
import io.revoker.domain.store.AnswerStore;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.Optional;

/**
 * A hash for each caller: the field is a hash of the key, the value its expiry in four bytes, the request, and its
 * answer once there is one. A key whose request has had no answer for so long that its instance must have died is
 * free again. Used by one event loop only.
 */
public final class RedisAnswerStore implements AnswerStore {
    private static final int MOST_OF_A_CALLER = 10_000;
    private static final int FIELD = 16;
    private static final String FULL = "full";

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
                        .arg(request.longest().toSeconds() + 1)
                        .arg(MOST_OF_A_CALLER))
                .map(held -> held == null ? new Reserved(State.NEW, Optional.empty()) : reserved(request, held));
    }

    private static Reserved reserved(Reserve request, Response held) {
        String text = held.toString();
        if (text.equals(FULL)) {
            throw Problem.overloaded("Idempotency-Key: " + MOST_OF_A_CALLER
                    + " keys of this client are kept (expected: fewer; nothing was revoked)");
        }
        if (!text.startsWith(request.request())) {
            return new Reserved(State.OTHER_REQUEST, Optional.empty());
        }
        String answer = text.substring(request.request().length());
        return answer.isEmpty()
                ? new Reserved(State.UNDER_WAY, Optional.empty())
                : new Reserved(State.ANSWERED, Optional.of(answer));
    }

    @Override
    public Future<Reserved> settle(Settle request) {
        Reserve reserved = request.reserved();
        String key = keys.answers(reserved.caller());
        Call call = request.answer()
                .map(answer -> Script.ANSWER
                        .call(key)
                        .arg(field(reserved))
                        .arg(reserved.request() + answer)
                        .arg(request.kept().toSeconds() + 1))
                .orElseGet(() -> Call.of(Command.HDEL, key).arg(field(reserved)));
        return link.send(call)
                .map(new Reserved(request.answer().isPresent() ? State.ANSWERED : State.NEW, request.answer()));
    }

    private static byte[] field(Reserve request) {
        byte[] field = new byte[FIELD];
        Sha256.of(request.key()).get(field);
        return field;
    }
}
