package io.revoker.caller;

import io.revoker.caller.StrictDocument.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** The fields of a client that say where its keys are. What is in them is read by who verifies with the keys. */
public final class KeyFields {
    static final String KEYS = "jwks";
    static final List<String> NAMES = List.of(KEYS, "ca", "allow-http", "allow-private-addresses");

    private KeyFields() {}

    /**
     * Passes on the id and the fields of each client that has keys. Blocks. Throws {@link DocumentException} with the
     * problems that are noted, and if it can't be read.
     */
    public static void read(Path file, Problems problems, BiConsumer<String, DocumentFields> reader) {
        DocumentFields top = new DocumentFields("", StrictDocument.read(file, problems), problems);
        problems.throwIfAny(ClientFile.SETTING, file);
        if (top.has("clients")) {
            IntStream.range(0, top.size("clients"))
                    .mapToObj(i -> top.item("clients", i))
                    .filter(client -> client.has(KEYS))
                    .forEach(client -> client.text("id").ifPresent(id -> reader.accept(id, client)));
        }
        problems.throwIfAny(ClientFile.SETTING, file);
    }

    /** They say nothing without the keys. */
    static void noteMisplaced(DocumentFields client, Problems problems) {
        NAMES.stream()
                .filter(name -> client.has(name) && !client.has(KEYS))
                .forEach(name -> problems.add(client.place(name), "without " + KEYS + " (expected: beside it)"));
    }
}
