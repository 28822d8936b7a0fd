package io.revoker.caller;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.caller.Credentials.ClientId;
import io.revoker.caller.Document.Faults;
import io.revoker.caller.Document.Fields;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Reads the client file and tells all its faults at once; {@code conf/clients.example.yaml} shows its form. */
final class ClientFile {
    private final Faults faults = new Faults();

    private ClientFile() {}

    /** One or more clients, each with an id of its own. Blocks. Fails with a {@link ClientFileException}. */
    static List<Client> read(Path file) {
        ClientFile reader = new ClientFile();
        JsonNode root = Document.read(file, reader.faults);
        reader.faults.throwIfAny(file);
        List<Client> clients = reader.clients(new Fields("", root, reader.faults));
        reader.faults.throwIfAny(file);
        return clients;
    }

    private List<Client> clients(Fields top) {
        if (!top.isObjectOf(List.of("clients"))) {
            return List.of();
        }
        List<JsonNode> items = top.items("clients");
        noteDuplicates(items);
        return IntStream.range(0, items.size())
                .mapToObj(i -> new Fields(place(i), items.get(i), faults))
                .flatMap(fields -> new ClientEntry(fields, faults).read().stream())
                .toList();
    }

    private void noteDuplicates(List<JsonNode> items) {
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            String id = items.get(i).path("id").asText("");
            Integer earlier = first.putIfAbsent(id, i);
            if (earlier != null && ClientId.isValid(id)) {
                faults.add(place(i) + ".id", id + " (expected: another id than that of " + place(earlier) + ")");
            }
        }
    }

    private static String place(int index) {
        return "clients[" + index + "]";
    }

    /** Reads one entry of the list of clients. */
    static final class ClientEntry {
        private static final List<String> KEYS = List.of("id", "secret", "privileges", "realms");

        private final Fields fields;
        private final Faults faults;

        ClientEntry(Fields fields, Faults faults) {
            this.fields = fields;
            this.faults = faults;
        }

        /** The client; nothing if the entry has a fault that leaves none. */
        Optional<Client> read() {
            if (!fields.isObjectOf(KEYS)) {
                return Optional.empty();
            }
            Optional<String> id = id();
            Optional<SecretHash> hash = fields.text("secret").flatMap(line -> HashLine.parse(line, at("secret")));
            Optional<Set<Privilege>> privileges = fields.texts("privileges").flatMap(this::privileges);
            Optional<RealmScope> realms = realms();
            if (id.isEmpty() || hash.isEmpty() || privileges.isEmpty() || realms.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Client(new Caller(id.get(), privileges.get(), realms.get()), hash.get()));
        }

        private Consumer<String> at(String key) {
            return faults.at(fields.place(key));
        }

        private Optional<String> id() {
            Optional<String> id = fields.text("id");
            if (id.isPresent() && !ClientId.isValid(id.get())) {
                at("id").accept("malformed (expected: " + ClientId.EXPECTED + ")");
                return Optional.empty();
            }
            return id;
        }

        private Optional<Set<Privilege>> privileges(List<String> names) {
            List<String> unknown = names.stream()
                    .filter(name -> Privilege.named(name).isEmpty())
                    .map(Faults::shown)
                    .toList();
            if (!unknown.isEmpty()) {
                at("privileges").accept(unknown + " (expected: " + Privilege.WIRE_NAMES + ")");
                return Optional.empty();
            }
            Set<Privilege> privileges = EnumSet.noneOf(Privilege.class);
            names.forEach(name -> Privilege.named(name).ifPresent(privileges::add));
            return Optional.of(privileges);
        }

        /** Only an absent key means all realms: an empty list or a null is more likely a slip than a wish for all. */
        private Optional<RealmScope> realms() {
            return fields.has("realms") ? fields.texts("realms").flatMap(this::scope) : Optional.of(RealmScope.ALL);
        }

        private Optional<RealmScope> scope(List<String> names) {
            Set<RealmId> realms = new HashSet<>();
            try {
                names.forEach(name -> realms.add(new RealmId(name)));
                return Optional.of(RealmScope.only(realms));
            } catch (Problem unfit) {
                at("realms").accept(unfit.text());
                return Optional.empty();
            }
        }
    }

    /** An entry of the client file. */
    record Client(Caller caller, SecretHash hash) {
        String id() {
            return caller.id();
        }
    }
}
