package io.revoker.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.jwt.EventNotice;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.revoker.domain.jwt.LogoutNotice;
import io.revoker.domain.jwt.NoticeVerifier;
import io.revoker.domain.jwt.SubjectId;
import io.revoker.jwt.IssuerSignatures.Signer;
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
                        Realm::logoutAudience,
                        (realm, claims) -> new LogoutRules(realm, time.instant()).verify(claims)));
    }

    @Override
    public Future<EventNotice> event(String token) {
        return verify(
                token,
                new Kind<>(
                        "events",
                        TypeRule.SECURITY_EVENT,
                        Realm::eventsAudience,
                        (realm, claims) -> new EventRules(realm, time.instant()).verify(claims)));
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
                    new Members(TrustedRealm.readableHeader(jws)),
                    kind.type(),
                    trusted.realm().rules().algorithms());
            T notice = kind.read().apply(trusted.realm(), claims);
            return signed(trusted, header, jws).map(notice);
        } catch (Problem unfit) {
            return Future.failedFuture(unfit);
        }
    }

    @Override
    public Optional<UserInRealm> user(SubjectId.OfIssuer subject) {
        return realms.issuer(subject.issuer())
                .map(TrustedRealm::realm)
                .filter(realm -> realm.rules().usernameClaim().equals("sub"))
                .map(realm -> new UserInRealm(realm.id(), new UserName(subject.subject())));
    }

    private static CompactJws jws(String token) {
        JsonNode claims = CompactJws.payload(token)
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
