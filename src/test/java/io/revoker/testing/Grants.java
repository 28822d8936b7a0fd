package io.revoker.testing;

import io.revoker.bus.Check;
import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Selector;
import io.revoker.domain.Signature;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Grants as tests need them; the tokens of each are new. */
public final class Grants {
    public static final Duration LIFE = Duration.ofHours(1);
    private static final AtomicLong COUNTER = new AtomicLong(System.nanoTime());

    private Grants() {}

    public static UserInRealm holder(String realm, String user) {
        return new UserInRealm(new RealmId(realm), new UserName(user));
    }

    public static TokenId newId() {
        return TokenId.of("token-" + COUNTER.incrementAndGet());
    }

    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    public static Grant pair(UserInRealm holder) {
        return pair(holder, LIFE, LIFE.multipliedBy(24));
    }

    public static Grant pair(UserInRealm holder, Duration access, Duration refresh) {
        return new Grant(holder, token(access), token(refresh), facts());
    }

    public static Grant access(UserInRealm holder) {
        return access(holder, LIFE);
    }

    public static Grant access(UserInRealm holder, Duration life) {
        return new Grant(holder, token(life), Optional.empty(), facts());
    }

    public static Grant refresh(UserInRealm holder) {
        return new Grant(holder, Optional.empty(), token(LIFE), facts());
    }

    /** The same tokens with other facts. */
    public static Grant with(Grant grant, Function<Grant.Facts, Grant.Facts> facts) {
        return new Grant(grant.holder(), grant.access(), grant.refresh(), facts.apply(grant.facts()));
    }

    /** The same tokens, of another client. */
    public static Grant ofClient(String client, Grant grant) {
        return with(
                grant,
                facts -> new Grant.Facts(client, facts.scope(), facts.session(), facts.issuedAt(), facts.credential()));
    }

    /** The same tokens, of another session. */
    public static Grant ofSession(String session, Grant grant) {
        return with(
                grant,
                facts -> new Grant.Facts(
                        facts.clientId(), facts.scope(), session, facts.issuedAt(), facts.credential()));
    }

    /** The same tokens; the access token was signed by a key. */
    public static Grant signedBy(String kid, Grant grant) {
        return with(
                grant,
                facts -> new Grant.Facts(
                        facts.clientId(),
                        facts.scope(),
                        facts.session(),
                        facts.issuedAt(),
                        facts.credential().signedBy(kid)));
    }

    /** The same tokens, issued so much earlier; they expire when they did. */
    public static Grant earlier(Duration time, Grant grant) {
        return issuedAt(grant.facts().issuedAt().minus(time), grant);
    }

    /** The same tokens, issued then; they expire when they did. */
    public static Grant issuedAt(Instant time, Grant grant) {
        return with(
                grant,
                facts -> new Grant.Facts(facts.clientId(), facts.scope(), facts.session(), time, facts.credential()));
    }

    public static Target.Selected selected(Target base, Selector.By by, String value) {
        return new Target.Selected(base, Selector.requested(by, value));
    }

    /** What the grants of this class have in common, of a realm and of a holder. */
    public static Stream<Target> selections(UserInRealm holder) {
        return Stream.of(new Target.OfRealm(holder.realm()), new Target.OfUserInRealm(holder))
                .map(base -> selected(base, Selector.By.CLIENT, "client"));
    }

    /** Selections of one token of each pair that {@code k1} signed, with its kind: by key and by kind. */
    public static Stream<Arguments> halves(UserInRealm holder) {
        return Stream.of(new Target.OfRealm(holder.realm()), new Target.OfUserInRealm(holder))
                .flatMap(base -> Stream.of(
                        Arguments.of(selected(base, Selector.By.KEY, "k1"), TokenKind.ACCESS),
                        Arguments.of(new Target.Selected(base, Selector.of(TokenKind.ACCESS)), TokenKind.ACCESS),
                        Arguments.of(new Target.Selected(base, Selector.of(TokenKind.REFRESH)), TokenKind.REFRESH)));
    }

    /** The id of its token of a kind. */
    public static TokenId id(Grant grant, TokenKind kind) {
        return grant.get(kind).orElseThrow().id();
    }

    public static TokenId accessId(Grant grant) {
        return grant.access().orElseThrow().id();
    }

    public static TokenId refreshId(Grant grant) {
        return grant.refresh().orElseThrow().id();
    }

    /** Asks of an opaque access token. */
    public static Check check(TokenId id, RealmScope scope) {
        return new Check(id, Signature.ABSENT, scope, Check.Kinds.ACCESS);
    }

    private static Optional<Granted> token(Duration life) {
        return Optional.of(new Granted(newId(), now().plus(life)));
    }

    private static Grant.Facts facts() {
        return new Grant.Facts("client", "read write", now());
    }
}
