package io.revoker.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.caller.DocumentException;
import io.revoker.caller.DocumentFields;
import io.revoker.caller.StrictDocument;
import io.revoker.caller.StrictDocument.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Reads the realm file and reports all its problems at once; {@code conf/realms.example.yaml} shows its format. */
final class RealmFile {
    static final String SETTING = "realms.file";

    private final Problems problems = new Problems();
    private final Map<Object, String> places = new HashMap<>();
    private final Duration retention;

    private RealmFile(Duration retention) {
        this.retention = retention;
    }

    /**
     * One or more realms. Blocks. Fails with a {@link DocumentException}.
     *
     * @param further notes the problems of a realm that only show outside of the file
     */
    static List<Realm> read(Path file, Duration retention, BiConsumer<Realm, Problems> further) {
        RealmFile reader = new RealmFile(retention);
        JsonNode root = StrictDocument.read(file, reader.problems);
        reader.problems.throwIfAny(SETTING, file);
        List<Realm> realms = reader.realms(root);
        realms.forEach(realm -> further.accept(realm, reader.problems));
        reader.problems.throwIfAny(SETTING, file);
        return realms;
    }

    private List<Realm> realms(JsonNode root) {
        DocumentFields top = new DocumentFields("", root, problems);
        if (!top.isObjectOf(List.of("realms"))) {
            return List.of();
        }
        DocumentFields named = top.child("realms");
        return named.keys().stream()
                .flatMap(name -> realm(name, named.child(name)).stream())
                .toList();
    }

    private Optional<Realm> realm(String name, DocumentFields fields) {
        Optional<Realm> realm = new RealmEntry(fields, problems, retention).read(name);
        realm.ifPresent(read -> {
            noteSecond(read.id(), "name", fields);
            noteSecond(read.issuer(), "issuer", fields);
        });
        return realm;
    }

    /** Else it would not be known whose token it is. */
    private void noteSecond(Object value, String what, DocumentFields fields) {
        String earlier = places.putIfAbsent(value, fields.place(""));
        if (earlier != null) {
            problems.add(
                    fields.place(what),
                    value + " (expected: another one than that of " + earlier.substring(0, earlier.length() - 1) + ")");
        }
    }
}
