package io.revoker.caller;

import java.util.Optional;

/**
 * One reading of what a header claims: to be the client of this id.
 *
 * @param id 1 to 256 characters, none of them a colon or a control character
 */
public record Claim(String id, Secret secret) {

    /** The reading; nothing if no client could have that id or that secret. */
    static Optional<Claim> of(String id, String secret) {
        return Optional.of(id)
                .filter(ClientId::isValid)
                .flatMap(valid -> Secret.of(secret).map(hidden -> new Claim(valid, hidden)));
    }
}
