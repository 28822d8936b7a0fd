package io.revoker.caller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.partitioningBy;

import io.revoker.caller.ClientFile.Client;
import io.revoker.caller.Credentials.Claim;
import io.revoker.caller.Credentials.Presented;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The clients of a file, in two books: those with fast hashes are compared where the call is, those with slow ones on a worker, once
 * per credentials and cache time. Whoever is in neither has paid one comparison of each, as a known client with a wrong secret has.
 */
final class ClientCallers implements Callers {
    private final ClientBook fast;
    private final ClientBook slow;
    private final Verifications verifications;
    private final Fingerprints fingerprints = new Fingerprints();

    ClientCallers(List<Client> clients, Verifications verifications) {
        Map<Boolean, List<Client>> books =
                clients.stream().collect(partitioningBy(client -> client.hash().isSlow()));
        this.fast = new ClientBook(books.getOrDefault(false, List.of()));
        this.slow = new ClientBook(books.getOrDefault(true, List.of()));
        this.verifications = verifications;
    }

    @Override
    public Future<Authentication> authenticate(Credentials credentials) {
        return credentials.match(
                none -> Future.succeededFuture(new Authentication.Missing()),
                unusable -> Future.succeededFuture(new Authentication.Unusable(unusable.scheme())),
                this::authenticate);
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
        return book.named(presented.claims()).map(Client::id).orElse(Verifications.NOBODY);
    }

    private Authentication outcome(Optional<Caller> caller, Presented presented) {
        return caller.<Authentication>map(Authentication.Authenticated::new).orElseGet(() -> rejected(presented));
    }

    private Authentication rejected(Presented presented) {
        Optional<Client> client = fast.named(presented.claims()).or(() -> slow.named(presented.claims()));
        return new Authentication.Rejected(presented.id(), presented.scheme(), client.map(Client::id));
    }

    /** Names credentials by an HMAC under a key that only this process has: what is remembered of them tells no secret. */
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
                    // With its length, so that no other id and secret give the same bytes.
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

    /** Clients by id. An unknown id costs as much as the dearest known one, so that time does not tell which ids exist. */
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

        /** The first client that one of the claims is about, whatever its secret. */
        Optional<Client> named(List<Claim> claims) {
            return claims.stream()
                    .flatMap(claim -> Optional.ofNullable(byId.get(claim.id())).stream())
                    .findFirst();
        }

        /** The first client that one of the claims proves; one comparison a claim until then. */
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
