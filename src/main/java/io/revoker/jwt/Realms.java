package io.revoker.jwt;

import io.revoker.caller.DocumentException;
import io.revoker.caller.StrictDocument.Problems;
import io.revoker.jwt.keys.KeyPlace;
import io.revoker.jwt.keys.Providers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The realms of a realm file. No two have the same issuer, or the same name. */
public record Realms(List<Realm> all) {
    /** For a service that verifies no JWT. */
    public static final Realms NONE = new Realms(List.of());

    public Realms {
        all = List.copyOf(all);
    }

    /**
     * Reads a file, and the files that it names. Blocks. Throws {@link DocumentException} with every problem of all of
     * them.
     *
     * @param retention how long a mark is kept, which must be longer than the life of any token
     * @param certificates the problem of a PEM file of certificates, if it has one
     */
    public static Realms read(Path file, Duration retention, Function<Path, Optional<String>> certificates) {
        Providers.fastest().prepare();
        return new Realms(RealmFile.read(file, retention, (realm, problems) -> examine(realm, certificates, problems)));
    }

    private static void examine(Realm realm, Function<Path, Optional<String>> certificates, Problems problems) {
        String place = "realms." + realm.id();
        if (realm.keys() instanceof KeyPlace.File keys) {
            keys.problem().ifPresent(problems.at(place + ".jwks"));
        }
        if (realm.keys() instanceof KeyPlace.Web web) {
            web.authorities().flatMap(certificates).ifPresent(problems.at(place + ".ca"));
        }
    }
}
