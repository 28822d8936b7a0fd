package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.store.Choice;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.revoker.redis.tokens.GrantState.GrantId;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds the facts of a grant by its id: in the record of the token that the id is of, or, if that one has expired, in
 * the record of the refresh token of the pair.
 */
record GrantFacts(RedisLink link, Keys keys) {

    private static final Grant.Facts UNSAID = new Grant.Facts("", "", Instant.EPOCH);

    /** Empty if its records are gone: it has expired, or an earlier version has registered it. */
    Future<Optional<Grant.Facts>> of(GrantId grant, Bundle bundle) {
        return record(grant)
                .map(found -> found.filter(record -> record.bundle().equals(bundle)))
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(found)
                        : refresh(grant)
                                .map(others -> others.stream()
                                        .filter(record -> record.bundle().equals(bundle)
                                                && record.partner()
                                                        .filter(grant::equals)
                                                        .isPresent())
                                        .findFirst()))
                .map(found -> found.map(TokenRecord::facts));
    }

    /** What a choice looks at: no records are read for what the state of the grant says. */
    Future<Optional<Grant.Facts>> of(Choice choice, GrantId grant, Bundle bundle) {
        return choice.needsFacts() ? of(grant, bundle) : Future.succeededFuture(Optional.of(UNSAID));
    }

    /** The same; empty also if a record is damaged. */
    Future<Optional<Grant.Facts>> readable(Choice choice, GrantId grant, Bundle bundle) {
        return readable(of(choice, grant, bundle));
    }

    /** All of them; empty also if a record is damaged. */
    Future<Optional<Grant.Facts>> readable(GrantId grant, Bundle bundle) {
        return readable(of(grant, bundle));
    }

    private static Future<Optional<Grant.Facts>> readable(Future<Optional<Grant.Facts>> facts) {
        return facts.recover(failure -> failure instanceof Problem problem && problem.kind() == Problem.Kind.DAMAGED
                ? Future.succeededFuture(Optional.empty())
                : Future.failedFuture(failure));
    }

    private Future<Optional<TokenRecord>> record(GrantId first) {
        byte[] id = first.bytes();
        return link.send(Script.RECORD.call(keys.records(id)).arg(id))
                .map(reply -> Optional.ofNullable(reply).map(record -> TokenRecord.decode(record.toBytes())));
    }

    private Future<List<TokenRecord>> refresh(GrantId access) {
        byte[] id = access.bytes();
        return link.send(Script.REFRESH.call(keys.records(id)).arg(id))
                .compose(reply -> Future.all(
                        reply.stream().map(GrantFacts::id).map(this::record).toList()))
                .map(all -> all.<Optional<TokenRecord>>list().stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    private static GrantId id(Response bytes) {
        return new GrantId(ByteBuffer.wrap(bytes.toBytes()).getLong());
    }
}
