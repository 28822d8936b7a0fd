package io.revoker.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Jws;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.jwt.EventNotice;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.revoker.domain.jwt.LogoutNotice;
import io.revoker.domain.jwt.NoticeVerifier;
import io.revoker.domain.jwt.RevocationRequest;
import io.revoker.domain.jwt.SubjectId;
import io.revoker.jwt.IssuerSignatures.Signer;
import io.revoker.jwt.compact.CompactJws;
import io.revoker.jwt.compact.Members;
import io.revoker.jwt.keys.StrictJson;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Verifies notices of issuers by the keys of their realms. Anyone can send false ones: their signatures are verified
 * where those of the tokens are that anyone can send.
 */
record Notices(RealmVerifier realms, InstantSource time) implements NoticeVerifier {

    /**
     * What a kind of notice is.
     *
     * @param name in messages
     * @param audience of the realm for it; empty if it accepts none
     */
    private record Kind<T>(
            String name, TypeRule type, Function<Realm, Set<String>> audience, BiFunction<Realm, Members, T> read) {}

    @Override
    public Future<LogoutNotice> logout(String token) {
        return verify(
                token,
                new Kind<>(
                        "logout tokens",
                        TypeRule.LOGOUT_TOKEN,
                        realm -> realm.accepted().logout(),
                        (realm, claims) -> new LogoutRules(realm, time.instant()).verify(claims)));
    }

    @Override
    public Future<EventNotice> event(String token) {
        return verify(
                token,
                new Kind<>(
                        "events",
                        TypeRule.SECURITY_EVENT,
                        realm -> realm.accepted().events(),
                        (realm, claims) -> new EventRules(realm, time.instant()).verify(claims)));
    }

    @Override
    public Future<RevocationRequest> request(String token) {
        return verify(
                token,
                new Kind<>(
                        "requests for revocations",
                        TypeRule.REVOCATION_REQUEST,
                        realm -> realm.accepted().requests(),
                        (realm, claims) -> new RequestRules(realm, time.instant()).verify(claims)));
    }

    private <T> Future<T> verify(String token, Kind<T> kind) {
        try {
            CompactJws jws = jws(token);
            Members claims = new Members(jws.claims());
            TrustedRealm trusted = realms.issuer(claims.text("iss").orElse(""))
                    .filter(realm -> !kind.audience().apply(realm.realm()).isEmpty())
                    .orElseThrow(() -> Problem.invalid(
                            "iss: another one (expected: that of a realm that accepts " + kind.name() + ")"));
            Header header = Header.of(
                    TrustedRealm.readableHeader(jws),
                    kind.type(),
                    trusted.realm().rules().algorithms());
            ClaimRules.requireAudience(kind.audience().apply(trusted.realm()), claims);
            T notice = kind.read().apply(trusted.realm(), claims);
            return signed(trusted, header, jws).map(notice);
        } catch (Problem unfit) {
            return Future.failedFuture(unfit);
        }
    }

    @Override
    public boolean acceptsRequests() {
        return realms.all().anyMatch(realm -> !realm.accepted().requests().isEmpty());
    }

    @Override
    public Optional<RealmId> realm(String issuer) {
        return realms.issuer(issuer).map(trusted -> trusted.realm().id());
    }

    @Override
    public Optional<UserInRealm> user(RealmId id, SubjectId subject) {
        return realms.realm(id)
                .map(realm -> new RealmUsers(realm).find(subject))
                .orElseGet(() -> withoutIssuer(id, subject));
    }

    private static Optional<UserInRealm> withoutIssuer(RealmId id, SubjectId subject) {
        return subject instanceof SubjectId.Named
                ? Optional.of(new UserInRealm(id, new UserName(subject.name())))
                : Optional.empty();
    }

    @Override
    public boolean mayNameUnregistered(SubjectId subject) {
        return realms.all()
                .anyMatch(realm -> realm.isTrusted()
                        && new RealmUsers(realm).unclear(subject).isEmpty());
    }

    private static CompactJws jws(String token) {
        JsonNode claims = Jws.claims(token)
                .flatMap(StrictJson::object)
                .orElseThrow(() -> Problem.invalid("not a JWT (expected: a signed one)"));
        return new CompactJws(token, claims);
    }

    private Future<Void> signed(TrustedRealm trusted, Header header, CompactJws jws) {
        Future<IssuerSignatures.Decision> decision = trusted.signatures().decide(header, jws, Purpose.CHECK);
        return realms.here(decision)
                .compose(found -> found.signer() == Signer.OWNER
                        ? Future.succeededFuture()
                        : Future.failedFuture(Problem.invalid("signature: false (expected: that of the issuer)")));
    }
}
