package io.revoker.caller;

import static java.util.Comparator.comparingLong;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Clients by id. An unknown id costs as much as the dearest known one, so that time does not tell which ids exist. */
final class ClientBook {
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
