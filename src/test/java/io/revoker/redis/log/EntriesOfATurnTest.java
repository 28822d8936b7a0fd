package io.revoker.redis.log;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenKind;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Single tokens that are invalidated in one turn of the event loop, with their entries in the log. */
class EntriesOfATurnTest {
    private static final int COUNT = 20;

    private final RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final RedisClient redis = server.client();
    private final Backend.Opened opened = Backend.open(Tuning.DEFAULT, server.url(), Backend.newPrefix());
    private final OnLoop store = opened.ports();

    @AfterEach
    void close() {
        opened.close().run();
        redis.close();
        server.close();
    }

    @Test
    void areOneCallOfWhichRedisDoesTheUpkeepOnce() {
        List<Token> tokens = registered();
        redis.call("CONFIG", "RESETSTAT");

        List<Stamp> stamps = revoke(tokens);

        assertThat(Stream.of("evalsha", "xtrim", "hdel").map(command -> command + ' ' + redis.calls(command)))
                .containsExactly("evalsha 1", "xtrim 1", "hdel 1");
        assertThat(get(store.after(Stamp.NONE)).revocations())
                .isEqualTo(IntStream.range(0, COUNT)
                        .mapToObj(i -> new Revocation(
                                stamps.get(i),
                                target(tokens.get(i)),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Revocation.Registered.of(tokens.get(i)))))
                        .toList());
        assertThat(stamps).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void dieWhenTheMemoryIsFull() {
        List<Token> tokens = registered();
        redis.call("CONFIG", "SET", "maxmemory", "1");

        revoke(tokens);

        assertThat(get(store.after(Stamp.NONE)).revocations()).hasSize(COUNT);
        assertThat(tokens)
                .allSatisfy(token -> assertThat(
                                get(store.find(token.id())).orElseThrow().state())
                        .isEqualTo(Token.State.INVALIDATED));
    }

    private List<Token> registered() {
        return IntStream.range(0, COUNT)
                .mapToObj(i -> Grants.pair(holder("corp", "user-" + i)))
                .map(this::registered)
                .toList();
    }

    private Token registered(Grant grant) {
        get(store.register(grant));
        return get(store.find(accessId(grant))).orElseThrow();
    }

    private static Target.OneToken target(Token token) {
        return new Target.OneToken(TokenKind.ACCESS, token.id());
    }

    /** Returns the stamps. */
    private List<Stamp> revoke(List<Token> tokens) {
        return get(OnLoop.on(
                store.context(),
                () -> Future.all(tokens.stream().map(this::revoke).toList()).map(all -> all.<Stamp>list())));
    }

    private Future<Stamp> revoke(Token token) {
        return store.store().sendInvalidation(token, Target.Extent.TOKEN).compose(sent -> {
            Future<Tally> dead = sent.reply();
            Future<Stamp> logged =
                    store.log().appendAfter(dead, target(token), Optional.empty(), Revocation.Registered.of(token));
            return Future.all(dead, logged).map(done -> {
                assertThat(dead.result()).isEqualTo(new Tally(1, 0));
                return logged.result();
            });
        });
    }
}
