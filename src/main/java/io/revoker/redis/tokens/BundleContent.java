package io.revoker.redis.tokens;

import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Holding;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.keys.SharedHash;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.tokens.GrantState.GrantId;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a hash has of a holding.
 *
 * @param key of the hash
 * @param grants the sound ones, each as it is after the newest sweep
 * @param hasOthers whether its holder has more bundles; said in the first one only
 * @param isSound whether Revoker has written every entry
 */
record BundleContent(Holding holding, String key, List<Held> grants, boolean hasOthers, boolean isSound) {
    private static final byte[] NO_SWEEP = {};
    private static final byte[] OTHERS = {'+'};

    /** A grant, and where it is. */
    record Held(Bundle bundle, GrantId id, GrantState state) {}

    /** What a holder has in a bundle. */
    static Future<BundleContent> read(RedisLink link, Keys keys, Bundle bundle) {
        UserInRealm holder = bundle.holder();
        Holding holding = bundle.isShared() ? Holding.of(holder) : Bundle.own(holder);
        return read(
                link,
                keys.grants(bundle),
                new Reader(
                        holding,
                        field -> Optional.of(bundle).filter(one -> Arrays.equals(field, one.field(grant(field)))),
                        bundle.isShared()));
    }

    /** All that is in a shared hash. */
    static Future<BundleContent> read(RedisLink link, Keys keys, SharedHash hash) {
        return read(link, keys.grants(hash), new Reader(hash.holding(), field -> Bundle.in(hash, field), false));
    }

    /**
     * How a hash is read.
     *
     * @param bundle that a field of at least eight bytes is in; empty if it is not read
     * @param others whether fields that are not read are those of other users
     */
    private record Reader(Holding holding, Function<byte[], Optional<Bundle>> bundle, boolean others) {
        private Optional<Bundle> of(byte[] field) {
            return field.length < Long.BYTES ? Optional.empty() : bundle.apply(field);
        }
    }

    private static Future<BundleContent> read(RedisLink link, String key, Reader reader) {
        return link.send(Call.of(Command.HGETALL, key)).map(reply -> of(key, reader, reply));
    }

    private static BundleContent of(String key, Reader reader, Response reply) {
        byte[] sweep = sweep(reply);
        boolean swept = sweep.length == 0 || GrantState.isSweep(sweep);
        boolean sound = swept;
        boolean others = false;
        List<Held> grants = new ArrayList<>();
        for (int i = 0; i + 1 < reply.size(); i += 2) {
            byte[] field = reply.get(i).toBytes();
            byte[] value = reply.get(i + 1).toBytes();
            Optional<Bundle> bundle = reader.of(field);
            if (bundle.isPresent() && swept && GrantState.isSound(value)) {
                GrantState state = GrantState.decode(value).after(sweep);
                grants.add(new Held(bundle.get(), new GrantId(grant(field)), state));
            } else if (Arrays.equals(field, OTHERS)) {
                others = true;
            } else if (field.length > 0) {
                sound &= bundle.isEmpty() && reader.others();
            }
        }
        return new BundleContent(reader.holding(), key, grants, others, sound);
    }

    /** The newest one; nothing if there was none. */
    private static byte[] sweep(Response reply) {
        for (int i = 0; i + 1 < reply.size(); i += 2) {
            if (reply.get(i).toBytes().length == 0) {
                return reply.get(i + 1).toBytes();
            }
        }
        return NO_SWEEP;
    }

    private static long grant(byte[] field) {
        return ByteBuffer.wrap(field).getLong();
    }
}
