package io.revoker.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.caller.DocumentFields;
import io.revoker.caller.StrictDocument;
import io.revoker.caller.StrictDocument.Problems;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file of contexts: services under a name, with the credentials for them.
 *
 * @param place the file
 */
record Contexts(Path place, CommandIo io) {
    private static final String SECRET = "secret";
    private static final String CURRENT = "current";
    private static final String CONTEXTS = "contexts";
    private static final List<String> KEYS = List.of("servers", "client", SECRET, "secret-file", "ca");

    /** One of the file; paths in it are relative to the file. */
    record Context(
            List<String> servers,
            Optional<String> client,
            Optional<String> secret,
            Optional<Path> secretFile,
            Optional<Path> authority) {
        static final Context NONE =
                new Context(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "Context[servers=" + servers + "]";
        }
    }

    static Contexts of(CommandIo io) {
        return new Contexts(
                io.variable("REVOKER_CONTEXTS")
                        .map(Path::of)
                        .orElseGet(() -> directory(io).resolve("revoker").resolve("contexts.yaml")),
                io);
    }

    private static Path directory(CommandIo io) {
        return io.variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(io.variable("HOME").orElse(System.getProperty("user.home", ".")), ".config"));
    }

    /** The context of that name, else the current one; an empty one if there is no file and none is asked for. */
    Context context(Optional<String> name) {
        if (!Files.exists(place)) {
            if (name.isPresent() || io.variable("REVOKER_CONTEXTS").isPresent()) {
                throw CommandFailure.usage(place + ": missing (expected: the file of contexts)");
            }
            return Context.NONE;
        }
        Problems problems = new Problems();
        JsonNode root = StrictDocument.read(place, problems);
        failIfAny(problems);
        if (root.findValue(SECRET) == null) {
            FileMode.warnIfOthersMayChange(place, io);
        } else {
            FileMode.warnIfOthersMayRead(place, io);
        }
        Optional<Context> found = read(new DocumentFields("", root, problems), name, problems);
        failIfAny(problems);
        return found.orElse(Context.NONE);
    }

    private Optional<Context> read(DocumentFields top, Optional<String> name, Problems problems) {
        if (!top.isObjectOf(List.of(CURRENT, CONTEXTS))) {
            return Optional.empty();
        }
        DocumentFields all = top.child(CONTEXTS);
        List<String> names = all.keys();
        Optional<String> wanted = name.or(() -> top.textIfAny(CURRENT));
        if (wanted.isPresent() && !names.contains(wanted.get())) {
            problems.add("context", Problems.shown(wanted.get()) + " (expected: " + String.join(" or ", names) + ")");
            return Optional.empty();
        }
        return wanted.map(all::child).filter(fields -> fields.isObjectOf(KEYS)).map(this::context);
    }

    private Context context(DocumentFields fields) {
        return new Context(
                fields.texts("servers").orElseGet(List::of),
                fields.textIfAny("client"),
                fields.textIfAny(SECRET),
                fields.textIfAny("secret-file").map(this::resolve),
                fields.textIfAny("ca").map(this::resolve));
    }

    private Path resolve(String file) {
        return place.toAbsolutePath().resolveSibling(file);
    }

    private void failIfAny(Problems problems) {
        if (!problems.found().isEmpty()) {
            throw CommandFailure.usage(place + ": " + String.join("; ", problems.found()));
        }
    }
}
