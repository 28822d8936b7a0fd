package io.revoker.redis.tokens;

import io.revoker.domain.TokenId;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.Optional;

/** Reads the records of tokens, and the states of their grants: one command each. */
record TokenReader(RedisLink link, Keys keys) {
    private static final byte[] NOTHING = {};

    Future<Optional<byte[]>> record(TokenId id) {
        return link.send(Call.of(Command.HGET, keys.records(id)).arg(id.bytes()))
                .map(TokenReader::bytes);
    }

    /** The grant as it is in Redis, sound or not, regardless of sweeps of its bundle. */
    Future<Optional<byte[]>> grant(TokenId id, TokenRecord known) {
        return link.send(Call.of(Command.HGET, keys.grants(known.bundle())).arg(known.field(id)))
                .map(TokenReader::bytes);
    }

    private static Optional<byte[]> bytes(Response reply) {
        return Optional.ofNullable(reply).map(Response::toBytes);
    }

    /** The grant, and the newest sweep of its bundle, for {@link #state}. Either may be absent. */
    Future<Response> grantAndSweep(TokenId id, TokenRecord known) {
        return link.send(Call.of(Command.HMGET, keys.grants(known.bundle()))
                .arg(known.field(id))
                .arg(""));
    }

    /**
     * Decodes a reply that has a grant. Fails with a {@link io.revoker.domain.Problem} if the grant or the sweep is
     * not sound.
     */
    static GrantState state(Response grantAndSweep) {
        Response sweep = grantAndSweep.get(1);
        return GrantState.decode(grantAndSweep.get(0).toBytes()).after(sweep == null ? NOTHING : sweep.toBytes());
    }
}
