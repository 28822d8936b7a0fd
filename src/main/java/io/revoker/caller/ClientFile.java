package io.revoker.caller;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
}
