package io.revoker.caller;

import static java.util.stream.Collectors.partitioningBy;

import io.revoker.caller.Credentials.Presented;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
}
