package io.revoker.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.caller.DocumentFields;
import io.revoker.caller.KeyFields;
import io.revoker.caller.StrictDocument.Problems;
import io.revoker.domain.Problem;
import io.revoker.jwt.keys.KeyPlace;
import io.revoker.jwt.keys.KeyPlaces;
import io.revoker.jwt.keys.KeySet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the keys of clients are that sign to prove who they are.
 *
 * @param places by the id of the client
 */
public record ClientKeys(Map<String, KeyPlace> places) {
    /** For a service none of whose clients has keys. */
    public static final ClientKeys NONE = new ClientKeys(Map.of());

    private static final String JWKS = "jwks";

    public ClientKeys {
        places = Map.copyOf(places);
    }

    /**
     * Reads the client file, and the files of keys that it names. Blocks. Throws
     * {@link io.revoker.caller.DocumentException} with every problem of the keys.
     *
     * @param certificates the problem of a PEM file of certificates, if it has one
     */
    public static ClientKeys read(Path file, Function<Path, Optional<String>> certificates) {
        Problems problems = new Problems();
        Map<String, KeyPlace> places = new HashMap<>();
        KeyFields.read(
                file,
                problems,
                (id, fields) -> place(fields, problems).ifPresent(place -> {
                    examine(place, fields, certificates, problems);
                    places.put(id, place);
                }));
        return new ClientKeys(places);
    }

    private static void examine(
            KeyPlace place, DocumentFields fields, Function<Path, Optional<String>> certificates, Problems problems) {
        if (place instanceof KeyPlace.File keys) {
            keys.problem().ifPresent(problem -> problems.add(fields.place(JWKS), problem));
        }
        if (place instanceof KeyPlace.Web web) {
            web.authorities().flatMap(certificates).ifPresent(problem -> problems.add(fields.place("ca"), problem));
        }
    }

    private static Optional<KeyPlace> place(DocumentFields fields, Problems problems) {
        Optional<JsonNode> inline = fields.object(JWKS);
        if (inline.isPresent()) {
            return inline(inline.get(), fields, problems);
        }
        return new KeyPlaces(fields, problems).read();
    }

    private static Optional<KeyPlace> inline(JsonNode keys, DocumentFields fields, Problems problems) {
        try {
            return Optional.of(new KeyPlace.Inline(KeySet.read(keys.toString().getBytes(StandardCharsets.UTF_8))));
        } catch (Problem unfit) {
            problems.add(fields.place(JWKS), unfit.text());
            return Optional.empty();
        }
    }
}
