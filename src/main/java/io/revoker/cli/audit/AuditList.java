package io.revoker.cli.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Entries for a person, in columns, or for a program, as they are. */
final class AuditList {
    private static final List<String> COUNTS =
            List.of("created", "unchanged", "conflict", "invalidated", "locked", "refused", "failed", "times");

    private static final Map<String, String> WORDS = Map.of(
            "client_id", "client ",
            "session_id", "session ",
            "kid", "key ",
            "token_id", "token ");

    private static final JsonMapper JSON = new JsonMapper();

    private final CommandIo io;
    private final boolean json;
    private final List<JsonNode> entries = new ArrayList<>();

    AuditList(CommandIo io, boolean json) {
        this.io = io;
        this.json = json;
    }

    /** An entry as it was written. */
    void add(String entry) {
        if (json) {
            io.out().println(entry);
        } else {
            entries.add(tree(entry));
        }
    }

    private static JsonNode tree(String entry) {
        try {
            return JSON.readTree(entry);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    void end() {
        if (json) {
            return;
        }
        Table table = new Table("TIME", "KIND", "CALLER", "FROM", "WHAT", "OUTCOME", "WHY");
        entries.forEach(entry -> table.add(
                entry.path("time").asText(),
                entry.path("kind").asText(),
                entry.path("caller").asText().isEmpty()
                        ? "-"
                        : entry.path("caller").asText(),
                entry.path("address").asText("-"),
                what(entry),
                outcome(entry),
                why(entry)));
        Consumer<String> print = io.out()::println;
        table.takeLines().forEach(print);
    }

    private static String what(JsonNode entry) {
        List<String> words = new ArrayList<>();
        WORDS.keySet().stream()
                .sorted()
                .filter(entry::has)
                .forEach(name -> words.add(WORDS.get(name) + entry.path(name).asText()));
        if (entry.has("username")) {
            words.add("user " + entry.path("username").asText());
        }
        if (entry.has("realm_name")) {
            words.add("realm " + entry.path("realm_name").asText());
        }
        if (entry.path("target").asText().equals("all")) {
            words.add("everything");
        }
        if (entry.has("subject")) {
            words.add(entry.path("subject").asText());
        }
        return words.isEmpty() ? "-" : String.join(", ", words);
    }

    private static String outcome(JsonNode entry) {
        String tokens = entry.has("invalidated_tokens")
                        && !entry.path("outcome").asText().equals("begun")
                ? " " + entry.path("invalidated_tokens").asText() + " tokens"
                : "";
        String counts = COUNTS.stream()
                .filter(entry::has)
                .map(name -> " " + name + " " + entry.path(name).asText())
                .collect(Collectors.joining());
        return entry.path("outcome").asText() + tokens + counts;
    }

    private static String why(JsonNode entry) {
        String text = entry.at("/reason/text").asText("");
        String reason = entry.at("/reason/code").asText("") + (text.isEmpty() ? "" : ": " + text);
        String detail = entry.path("detail").asText("");
        String both = reason + (reason.isEmpty() || detail.isEmpty() ? "" : "; ") + detail;
        return both.isEmpty() ? "-" : both;
    }
}
