package io.revoker.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.caller.AssertionVerifier;
import io.revoker.config.RealmsConfig;
import io.revoker.domain.Jws;
import io.revoker.domain.Problem;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.revoker.domain.store.AnswerStore.Reserve;
import io.revoker.domain.store.AnswerStore.Reserved;
import io.revoker.jwt.compact.CompactJws;
import io.revoker.jwt.compact.Members;
import io.revoker.jwt.keys.Algorithm;
import io.revoker.jwt.keys.KeyPlace;
import io.revoker.jwt.keys.KeySource;
import io.revoker.jwt.keys.RealmKeys;
import io.revoker.jwt.keys.StrictJson;
import io.revoker.jwt.signatures.SignatureWork;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the assertions of clients by their keys, which can be replaced. One instance serves all threads; a result
 * comes on the context of its call. It knows no client before it is {@link #replace given} some.
 */
public final class ClientAssertions implements AssertionVerifier {
    /** The algorithms that assertions may have. */
    public static final List<String> ALGORITHMS = Algorithm.NAMES.stream()
            .filter(name -> Algorithm.named(name)
                    .filter(AssertionRules.ALGORITHMS::contains)
                    .isPresent())
            .toList();

    private static final Logger LOG = LoggerFactory.getLogger(ClientAssertions.class);

    private final Vertx vertx;
    private final RealmsConfig settings;
    private final Set<String> audience;
    private final InstantSource time;
    private final SignatureWork work;
    private final UsedIds used;
    private volatile Map<String, Known> clients = Map.of();

    /** @param since by {@link System#nanoTime} */
    private record Known(KeyPlace place, RealmKeys keys, long since) {}

    /**
     * @param settings how keys are fetched
     * @param audience for whom an assertion may be meant
     * @param store remembers which were used, see {@link io.revoker.domain.store.AnswerStore#reserve}
     */
    public ClientAssertions(
            Vertx vertx,
            RealmsConfig settings,
            Set<String> audience,
            InstantSource time,
            Function<Reserve, Future<Reserved>> store) {
        this.vertx = vertx;
        this.settings = settings;
        this.audience = Set.copyOf(audience);
        this.time = time;
        this.used = new UsedIds(store);
        this.work = new SignatureWork(vertx);
    }

    /** Once this call has returned, only these are known. The keys stay of a client that has them in the same place. */
    public synchronized void replace(ClientKeys next) {
        Map<String, Known> before = clients;
        Map<String, Known> known = new HashMap<>();
        next.places()
                .forEach((id, place) -> known.put(
                        id,
                        Optional.ofNullable(before.get(id))
                                .filter(same -> same.place().equals(place))
                                .orElseGet(() -> known(id, place))));
        clients = Map.copyOf(known);
        known.values().stream()
                .filter(client -> !before.containsValue(client))
                .forEach(client -> client.keys().start());
        before.values().stream()
                .filter(client -> !known.containsValue(client))
                .forEach(client -> client.keys().close());
    }

    private Known known(String id, KeyPlace place) {
        KeySource source = KeySource.of(vertx, place, settings.fetchTimeout());
        RealmKeys.Owner owner = new RealmKeys.Owner(RealmKeys.Owner.Kind.CLIENT, id, outcome -> {});
        RealmKeys keys = new RealmKeys(owner, source, Optional.empty(), settings.unknownKeyInterval());
        return new Known(place, keys, System.nanoTime());
    }

    /** Begins to fetch the keys of all clients again. */
    void refresh() {
        clients.values().forEach(client -> client.keys().fetch());
    }

    @Override
    public Future<Optional<String>> verify(String assertion) {
        try {
            CompactJws jws = Jws.claims(assertion)
                    .flatMap(StrictJson::object)
                    .map(claims -> new CompactJws(assertion, claims))
                    .orElseThrow(() -> Problem.invalid("not a JWT (expected: a signed one)"));
            String id = issuer(jws.claims());
            Known client = Optional.ofNullable(clients.get(id))
                    .orElseThrow(() -> Problem.invalid("iss: another one (expected: a client with keys)"));
            Header header =
                    Header.of(TrustedRealm.readableHeader(jws), TypeRule.CLIENT_ASSERTION, AssertionRules.ALGORITHMS);
            UsedIds.Use use = new AssertionRules(audience, id, time.instant()).verify(new Members(jws.claims()));
            return work.here(new IssuerSignatures(client.keys(), work).decide(header, jws, Purpose.CHECK))
                    .compose(decision -> signer(decision, use, id));
        } catch (Problem refused) {
            return refused(refused.text());
        }
    }

    @Override
    public boolean hasKept(String client, long since) {
        return Optional.ofNullable(clients.get(client))
                .filter(known -> since - known.since() >= 0)
                .isPresent();
    }

    private static String issuer(JsonNode claims) {
        return claims.path("iss").isTextual() ? claims.path("iss").textValue() : "";
    }

    /** Only what the client has signed counts as a use: others can't use up its ids. */
    private Future<Optional<String>> signer(IssuerSignatures.Decision decision, UsedIds.Use use, String id) {
        if (decision.signer() != IssuerSignatures.Signer.OWNER) {
            return refused("signature: false (expected: that of the client)");
        }
        return used.first(use, time.instant())
                .compose(first -> first
                        ? Future.succeededFuture(Optional.of(id))
                        : refused("jti: used before (expected: another one each time)"));
    }

    private static Future<Optional<String>> refused(String cause) {
        LOG.atDebug().addKeyValue("cause", cause).log("assertion refused");
        return Future.succeededFuture(Optional.empty());
    }

    /** Lets go of what it holds; it knows no client any more. May be repeated. */
    public synchronized Future<Void> close() {
        List<Known> all = List.copyOf(clients.values());
        clients = Map.of();
        return Future.join(all.stream().map(client -> client.keys().close()).toList())
                .onComplete(done -> work.close())
                .mapEmpty();
    }
}
