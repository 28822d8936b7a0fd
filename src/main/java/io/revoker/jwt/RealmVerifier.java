package io.revoker.jwt;

import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.config.LeaksConfig;
import io.revoker.config.RealmsConfig;
import io.revoker.domain.Jws;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.jwt.NoticeVerifier;
import io.revoker.domain.jwt.ReportVerifier;
import io.revoker.jwt.JwtMeters.Result;
import io.revoker.jwt.TrustedRealm.Verdict;
import io.revoker.jwt.VerdictCache.TokenHash;
import io.revoker.jwt.compact.CompactJws;
import io.revoker.jwt.keys.KeySource;
import io.revoker.jwt.keys.KeyStore;
import io.revoker.jwt.keys.RealmKeys;
import io.revoker.jwt.keys.StrictJson;
import io.revoker.jwt.signatures.SignatureWork;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Verifies the JWTs of realms that can be replaced while tokens arrive. One instance serves all threads; a result comes
 * on the context of its call. It does nothing before it is {@link #replace given} realms.
 */
public final class RealmVerifier implements JwtVerifier {
    private final Vertx vertx;
    private final RealmsConfig settings;
    private final InstantSource time;
    private final JwtMeters meters;
    private final VerdictCache verdicts;
    private final SignatureWork work;
    private final List<RealmKeys> others = new CopyOnWriteArrayList<>();
    private volatile Map<String, TrustedRealm> byIssuer = Map.of();

    /** @param time decides whether a token has expired */
    public RealmVerifier(Vertx vertx, RealmsConfig settings, InstantSource time, MeterRegistry registry) {
        this.vertx = vertx;
        this.settings = settings;
        this.time = time;
        this.meters = new JwtMeters(registry, time);
        this.verdicts = new VerdictCache(settings.cachedVerdicts());
        this.work = new SignatureWork(vertx);
    }

    /**
     * Once this call has returned, only these decide. A realm whose issuer and place of keys have not changed keeps its
     * keys, whatever else has: an issuer that can't be reached now must not matter.
     */
    public synchronized void replace(Realms realms) {
        Map<String, TrustedRealm> before = byIssuer;
        Map<String, TrustedRealm> next = new LinkedHashMap<>();
        realms.all()
                .forEach(realm -> next.put(
                        realm.issuer(),
                        Optional.ofNullable(before.get(realm.issuer()))
                                .filter(last -> last.realm().hasKeysOf(realm))
                                .map(last -> last.realm().equals(realm) ? last : last.under(realm))
                                .orElseGet(() -> trusted(realm))));
        byIssuer = Map.copyOf(next);
        meters.follow(byIssuer.values());
        next.values().stream()
                .filter(realm -> !realm.isIn(before))
                .forEach(realm -> begin(realm.keys(), realm.hasKeysIn(before)));
        before.values().stream()
                .filter(realm -> !realm.hasKeysIn(next))
                .forEach(realm -> realm.keys().close());
    }

    /** A new realm file may have come with new keys. */
    private static Future<RealmKeys.State> begin(RealmKeys keys, boolean known) {
        return known ? keys.fetch() : keys.start();
    }

    private TrustedRealm trusted(Realm realm) {
        KeySource source = KeySource.of(vertx, realm.keys(), settings.fetchTimeout());
        RealmKeys.Owner owner = new RealmKeys.Owner(
                RealmKeys.Owner.Kind.REALM, realm.id().value(), outcome -> meters.fetched(realm, outcome));
        KeyStore store = new KeyStore(vertx, realm.id(), realm.issuer(), realm.keys(), settings.cacheDirectory());
        return new TrustedRealm(
                realm,
                new RealmKeys(owner, source, Optional.of(store), settings.unknownKeyInterval()),
                work,
                time,
                new KnownHeaders());
    }

    /** Begins to fetch the keys of all realms again. */
    void refresh() {
        byIssuer.values().forEach(realm -> realm.keys().fetch());
        others.forEach(keys -> keys.fetch());
    }

    /** Lets go of what it holds; it verifies nothing any more. May be repeated. */
    public Future<Void> close() {
        List<TrustedRealm> all = List.copyOf(byIssuer.values());
        byIssuer = Map.of();
        return Future.join(Stream.concat(all.stream().map(TrustedRealm::keys), others.stream())
                        .map(RealmKeys::close)
                        .toList())
                .onComplete(done -> work.close())
                .mapEmpty();
    }

    /** Verifies notices of the issuers of the same realms. */
    public NoticeVerifier notices() {
        return new Notices(this, time);
    }

    /**
     * Verifies the reports of GitHub's secret scanning, by keys that are fetched like those of realms. To be
     * called once.
     *
     * @return absent if they are not accepted
     */
    public Optional<ReportVerifier> gitHub(LeaksConfig leaks) {
        return GitHubReports.keys(leaks, vertx, settings).map(keys -> {
            others.add(keys);
            return new GitHubReports(this, new IssuerSignatures(keys, work));
        });
    }

    /** Begins to fetch the keys that are not those of realms. */
    public void begin() {
        others.forEach(keys -> keys.start());
    }

    /** The realm of an issuer. */
    Optional<TrustedRealm> issuer(String name) {
        return Optional.ofNullable(byIssuer.get(name));
    }

    Optional<Realm> realm(RealmId id) {
        return all().filter(realm -> realm.id().equals(id)).findFirst();
    }

    Stream<Realm> all() {
        return byIssuer.values().stream().map(TrustedRealm::realm);
    }

    @Override
    public Future<Finding> verify(String token, RealmScope scope, Purpose purpose) {
        Map<String, TrustedRealm> trusted = byIssuer;
        if (trusted.isEmpty() || token.indexOf('.') < 0) {
            return Future.succeededFuture(Finding.FOREIGN);
        }
        TokenHash hash = TokenHash.of(token);
        Optional<Finding> remembered =
                verdicts.find(hash, time.instant(), realm -> realm.isIn(trusted) && realm.isAsked(scope, purpose));
        if (remembered.isPresent()) {
            meters.count(Result.REMEMBERED);
            return Future.succeededFuture(remembered.get());
        }
        return Jws.claims(token)
                .map(payload -> StrictJson.object(payload)
                        .map(claims -> Optional.ofNullable(claims.path("iss").textValue())
                                .map(trusted::get)
                                .map(realm -> realm.isAsked(scope, purpose)
                                        ? counted(
                                                realm.verify(new CompactJws(token, claims), purpose),
                                                hash,
                                                realm,
                                                purpose)
                                        : Future.succeededFuture(Finding.REFUSED))
                                .orElseGet(() -> Future.succeededFuture(Finding.FOREIGN)))
                        .orElseGet(() -> Future.succeededFuture(Finding.REFUSED)))
                .orElseGet(() -> Future.succeededFuture(Finding.FOREIGN));
    }

    private Future<Finding> counted(Future<Verdict> verdict, TokenHash token, TrustedRealm realm, Purpose purpose) {
        return verdict.isComplete()
                ? done(verdict, token, realm, purpose)
                : here(verdict).transform(done -> done(verdict, token, realm, purpose));
    }

    private Future<Finding> done(Future<Verdict> verdict, TokenHash token, TrustedRealm realm, Purpose purpose) {
        if (verdict.failed()) {
            meters.count(Result.UNAVAILABLE);
            return Future.failedFuture(verdict.cause());
        }
        Finding finding = verdict.result().finding();
        meters.count(finding instanceof Finding.Verified ? Result.VERIFIED : Result.REFUSED);
        if (purpose == Purpose.CHECK) {
            meters.measure(finding, realm.realm());
            verdicts.remember(token, realm, verdict.result());
        }
        return Future.succeededFuture(finding);
    }

    /** Moves the result to the caller's context: a call on another event loop may have begun the fetch. */
    <T> Future<T> here(Future<T> shared) {
        return work.here(shared);
    }

    @Override
    public boolean trusts(RealmId realm) {
        return realm(realm).filter(Realm::isTrusted).isPresent();
    }

    @Override
    public boolean trustsAny() {
        return all().anyMatch(Realm::isTrusted);
    }

    @Override
    public String sessionClaim(RealmId realm) {
        return realm(realm)
                .map(known -> known.rules().sessionClaim())
                .orElseGet(() -> JwtVerifier.super.sessionClaim(realm));
    }

    @Override
    public Duration lead(RealmScope realms) {
        return all().filter(realm -> realms.covers(realm.id()))
                .map(realm -> realm.rules().lead())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
