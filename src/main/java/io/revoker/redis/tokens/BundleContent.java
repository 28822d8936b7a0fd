package io.revoker.redis.tokens;

import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.tokens.GrantState.GrantId;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a bundle has.
 *
 * @param grants the sound ones, each as it is after the newest sweep
 * @param hasOthers whether its holder has more bundles; said in the first one only
 * @param isSound whether Revoker has written every entry
 */
record BundleContent(Bundle bundle, Map<GrantId, GrantState> grants, boolean hasOthers, boolean isSound) {
    private static final byte[] ABSENT = {};
    private static final ByteBuffer SWEEP = ByteBuffer.wrap(ABSENT);
    private static final ByteBuffer OTHERS = ByteBuffer.wrap(new byte[] {'+'});

    static Future<BundleContent> read(RedisLink link, Keys keys, Bundle bundle) {
        return link.send(Call.of(Command.HGETALL, keys.grants(bundle))).map(reply -> of(bundle, entries(reply)));
    }

    private static Map<ByteBuffer, byte[]> entries(Response reply) {
        Map<ByteBuffer, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i + 1 < reply.size(); i += 2) {
            entries.put(
                    ByteBuffer.wrap(reply.get(i).toBytes()), reply.get(i + 1).toBytes());
        }
        return entries;
    }

    private static BundleContent of(Bundle bundle, Map<ByteBuffer, byte[]> entries) {
        byte[] sweep = entries.getOrDefault(SWEEP, ABSENT);
        boolean swept = sweep.length == 0 || GrantState.isSweep(sweep);
        Map<GrantId, GrantState> grants = new LinkedHashMap<>();
        entries.forEach((name, state) -> {
            if (swept && name.remaining() == Long.BYTES && GrantState.isSound(state)) {
                grants.put(
                        new GrantId(name.getLong(0)), GrantState.decode(state).after(sweep));
            }
        });
        long ours = grants.size()
                + entries.keySet().stream()
                        .filter(name -> name.equals(SWEEP) || name.equals(OTHERS))
                        .count();
        return new BundleContent(bundle, grants, entries.containsKey(OTHERS), swept && ours == entries.size());
    }
}
