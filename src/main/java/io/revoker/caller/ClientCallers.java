package io.revoker.caller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.partitioningBy;

import io.revoker.caller.ClientFile.Client;
import io.revoker.caller.Credentials.Assertion;
import io.revoker.caller.Credentials.Certificate;
import io.revoker.caller.Credentials.Claim;
import io.revoker.caller.Credentials.Presented;
import io.revoker.caller.Credentials.Scheme;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The clients of a file, in two books. Clients with fast hashes are compared on the calling thread, those with slow
 * hashes on a worker, once per credentials and cache time. An unknown client costs one comparison of each kind, just
 * as a known client with a wrong secret does.
 */
final class ClientCallers implements Callers {
    private final ClientBook fast;
    private final ClientBook slow;
    private final Map<String, Client> byId;
    private final Set<Proof> accepted;
    private final Verifications verifications;
    private final AssertionVerifier assertions;
    private final Fingerprints fingerprints = new Fingerprints();

    /** Those with secrets. */
    ClientCallers(List<Client> clients, Verifications verifications) {
        this(clients, verifications, AssertionVerifier.NONE);
    }

    ClientCallers(List<Client> clients, Verifications verifications, AssertionVerifier assertions) {
        Map<Boolean, List<Client>> books =
                clients.stream().collect(partitioningBy(client -> client.hash().isSlow()));
        this.fast = new ClientBook(books.getOrDefault(false, List.of()));
        this.slow = new ClientBook(books.getOrDefault(true, List.of()));
        this.byId = clients.stream().collect(Collectors.toUnmodifiableMap(Client::id, Function.identity()));
        this.accepted = clients.stream().map(Client::proof).collect(Collectors.toUnmodifiableSet());
        this.verifications = verifications;
        this.assertions = assertions;
    }

    @Override
    public Optional<Caller> named(String id) {
        return Optional.ofNullable(byId.get(id)).map(Client::caller);
    }

    @Override
    public Optional<String> secretMark(String id) {
        return Optional.ofNullable(byId.get(id))
                .flatMap(client -> client.evidence().mark());
    }

    @Override
    public boolean accept(Proof proof) {
        return accepted.contains(proof);
    }

    @Override
    public Future<Authentication> authenticate(Credentials credentials) {
        return credentials.match(
                none -> Future.succeededFuture(new Authentication.Missing()),
                unusable -> Future.succeededFuture(new Authentication.Unusable(unusable.scheme())),
                this::authenticate,
                this::authenticate,
                this::authenticate);
    }

    /** An assertion has been used up. Its client must still be one, with the keys by which it was verified. */
    @Override
    public Future<Authentication> again(Supplier<Credentials> presented, Authentication before, long begun) {
        Credentials credentials = presented.get();
        return credentials instanceof Assertion && before instanceof Authentication.Authenticated proven
                ? Future.succeededFuture(again(proven.caller().id(), begun))
                : authenticate(credentials);
    }

    private Authentication again(String id, long begun) {
        return proven(known(id, Proof.KEYS).filter(client -> assertions.hasKept(id, begun)), Scheme.ASSERTION);
    }

    /** The client that has signed it, which must be the one that is named beside it, if one is. */
    private Future<Authentication> authenticate(Assertion assertion) {
        if (!accept(Proof.KEYS)) {
            return Future.succeededFuture(new Authentication.Unusable(Scheme.ASSERTION));
        }
        return assertions
                .verify(assertion.jwt())
                .map(signer -> proven(
                        signer.filter(id -> assertion.id().map(id::equals).orElse(true))
                                .flatMap(id -> known(id, Proof.KEYS)),
                        Scheme.ASSERTION));
    }

    private Future<Authentication> authenticate(Certificate certificate) {
        return Future.succeededFuture(proven(
                known(certificate.id(), Proof.CERTIFICATE)
                        .filter(client -> client.evidence()
                                .certificate()
                                .filter(rule -> rule.admits(certificate.shown()))
                                .isPresent()),
                Scheme.CERTIFICATE));
    }

    private static Authentication proven(Optional<Client> client, Scheme scheme) {
        return client.<Authentication>map(known -> new Authentication.Authenticated(known.caller()))
                .orElseGet(() -> new Authentication.Unusable(scheme));
    }

    private Optional<Client> known(String id, Proof proof) {
        return Optional.ofNullable(byId.get(id)).filter(client -> client.proof() == proof);
    }

    private Future<Authentication> authenticate(Presented presented) {
        Optional<Caller> caller = fast.verify(presented.claims());
        if (caller.isPresent() || slow.isEmpty()) {
            return Future.succeededFuture(outcome(caller, presented));
        }
        return verifications
                .verify(claimed(slow, presented), fingerprints.of(presented), () -> slow.verify(presented.claims()))
                .map(verified -> outcome(verified, presented));
    }

    private static String claimed(ClientBook book, Presented presented) {
        return book.named(presented.claims()).map(Client::id).orElse(Verifications.NO_CLIENT);
    }

    private Authentication outcome(Optional<Caller> caller, Presented presented) {
        return caller.<Authentication>map(Authentication.Authenticated::new).orElseGet(() -> rejected(presented));
    }

    private Authentication rejected(Presented presented) {
        Optional<Client> client = fast.named(presented.claims()).or(() -> slow.named(presented.claims()));
        return new Authentication.Rejected(presented.id(), presented.scheme(), client.map(Client::id));
    }

    /**
     * Identifies credentials by an HMAC whose key exists only in this process: a cached fingerprint reveals no secret.
     */
    static final class Fingerprints {
        private static final String HMAC = "HmacSHA256";
        private static final int KEY_BYTES = 32;

        private final SecretKeySpec key;

        Fingerprints() {
            byte[] random = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(random);
            key = new SecretKeySpec(random, HMAC);
        }

        String of(Presented presented) {
            Mac mac = mac();
            for (Claim claim : presented.claims()) {
                for (byte[] part :
                        List.of(claim.id().getBytes(UTF_8), claim.secret().bytes())) {
                    // Includes the length, so that no other id and secret produce the same bytes.
                    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
                    mac.update(part);
                }
            }
            return Base64.getEncoder().encodeToString(mac.doFinal());
        }

        private Mac mac() {
            try {
                Mac mac = Mac.getInstance(HMAC);
                mac.init(key);
                return mac;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("HmacSHA256: absent (expected: in every Java runtime)", e);
            }
        }
    }

    /**
     * Clients by id. An unknown id costs as much as the most expensive known one, so that the time does not reveal
     * which ids exist.
     */
    static final class ClientBook {
        private final Map<String, Client> byId;
        private final Optional<SecretHash> decoy;

        ClientBook(List<Client> clients) {
            byId = clients.stream().collect(Collectors.toUnmodifiableMap(Client::id, Function.identity()));
            decoy = clients.stream().map(Client::hash).max(comparingLong(SecretHash::cost));
        }

        boolean isEmpty() {
            return byId.isEmpty();
        }

        /** The first client whose id one of the claims has, whatever its secret. */
        Optional<Client> named(List<Claim> claims) {
            return claims.stream()
                    .flatMap(claim -> Optional.ofNullable(byId.get(claim.id())).stream())
                    .findFirst();
        }

        /** The first client that one of the claims proves; makes one comparison per claim until then. */
        Optional<Caller> verify(List<Claim> claims) {
            return claims.stream().flatMap(claim -> verify(claim).stream()).findFirst();
        }

        private Optional<Caller> verify(Claim claim) {
            Optional<Client> client = Optional.ofNullable(byId.get(claim.id()));
            Optional<SecretHash> hash = client.map(Client::hash).or(() -> decoy);
            boolean right = hash.map(known -> known.matches(claim.secret())).orElse(false);
            return client.filter(known -> right).map(Client::caller);
        }
    }
}
