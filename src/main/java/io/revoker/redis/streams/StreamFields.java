package io.revoker.redis.streams;

import io.revoker.domain.Stamp;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.EventStream.Condition;
import io.revoker.domain.streams.EventStream.Endpoint;
import io.revoker.domain.streams.EventStream.Settings;
import io.revoker.domain.streams.EventStream.Status;
import io.revoker.domain.streams.Notice;
import io.revoker.domain.streams.StreamStore.Position;
import io.revoker.domain.streams.StreamStore.Stored;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fields of the hash of a stream. Its settings: {@code caller}, {@code endpoint} (empty if it is polled),
 * {@code authorization} (encrypted, a blank, and the {@code endpoint} that it is for; empty if none is sent), {@code
 * requested} (URIs, separated by blanks), {@code description}. Its condition: {@code status}, {@code reason}.
 * Its position: {@code done} and {@code gap}, stamps, and {@code reached}, in microseconds. The notices that wait: a
 * field {@code !} and the id for each, with the letter {@code v} for a verification, {@code s} and the state that came
 * with it, or {@code u}, the status, a blank and the reason. And three that scripts need: {@code lease}, {@code noted}
 * and {@code known}, when its caller was known, in milliseconds.
 */
final class StreamFields {
    private static final String NOTICE = "!";
    private static final char VERIFICATION = 'v';
    private static final char UPDATED = 'u';
    /** A verification with a state of its own, which may be empty. */
    private static final char VERIFICATION_WITH_STATE = 's';

    /** Fields beside the notices. */
    static final int USUAL = 13;

    private StreamFields() {}

    static String field(String notice) {
        return NOTICE + notice;
    }

    static String text(Notice.Matter matter) {
        return matter.changed()
                .map(changed -> UPDATED + changed.status().wireName() + ' ' + changed.reason())
                .orElseGet(() -> matter.state()
                        .map(state -> VERIFICATION_WITH_STATE + state)
                        .orElse(String.valueOf(VERIFICATION)));
    }

    static List<String> of(EventStream stream, Position begin) {
        return Stream.of(
                        List.of("caller", stream.caller()),
                        of(stream.settings()),
                        of(stream.condition()),
                        List.of("done", begin.done().toString(), "reached", Long.toString(micros(begin.reached()))))
                .flatMap(List::stream)
                .toList();
    }

    static List<String> of(Settings settings) {
        return List.of(
                "endpoint", settings.endpoint().map(Endpoint::url).orElse(""),
                "authorization",
                        settings.endpoint().flatMap(Endpoint::authorization).orElse(""),
                "requested", String.join(" ", settings.requested()),
                "description", settings.description());
    }

    static List<String> of(Endpoint endpoint) {
        return List.of(
                "endpoint",
                endpoint.url(),
                "authorization",
                endpoint.authorization().orElse(""));
    }

    static List<String> of(Condition condition) {
        return List.of("status", condition.status().wireName(), "reason", condition.reason());
    }

    static List<String> of(Condition condition, Instant reached) {
        return Stream.of(of(condition), ofReached(reached))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> ofReached(Instant reached) {
        return List.of("reached", Long.toString(micros(reached)));
    }

    static List<String> ofGap(Stamp upTo) {
        return List.of("gap", upTo.toString());
    }

    static List<String> paused() {
        return ofStatus(Status.PAUSED);
    }

    /** Enabled, and not enabled again since it was read. */
    static List<String> enabledAsOf(Stored read) {
        return Stream.of(ofStatus(Status.ENABLED), ofReached(read.position().reached()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> ofStatus(Status status) {
        return List.of("status", status.wireName());
    }

    /** Empty if there is none, or if another program or a later version wrote it. */
    static Optional<Stored> parse(String id, Map<String, String> fields, Set<Stamp> ahead) {
        return Status.named(fields.getOrDefault("status", ""))
                .map(status -> new Stored(
                        new EventStream(
                                id,
                                fields.getOrDefault("caller", ""),
                                settings(fields),
                                new Condition(status, fields.getOrDefault("reason", ""))),
                        new Position(
                                new Stamp(number(fields, "done")),
                                Instant.EPOCH.plus(number(fields, "reached"), ChronoUnit.MICROS),
                                new Stamp(number(fields, "gap"))),
                        ahead,
                        notices(fields)));
    }

    private static Settings settings(Map<String, String> fields) {
        return new Settings(
                text(fields, "endpoint").map(url -> new Endpoint(url, text(fields, "authorization"))),
                Stream.of(fields.getOrDefault("requested", "").split(" ", -1))
                        .filter(type -> !type.isEmpty())
                        .toList(),
                fields.getOrDefault("description", ""));
    }

    private static Optional<String> text(Map<String, String> fields, String name) {
        return Optional.of(fields.getOrDefault(name, "")).filter(text -> !text.isEmpty());
    }

    private static List<Notice> notices(Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(field ->
                        field.getKey().startsWith(NOTICE) && !field.getValue().isEmpty())
                .map(field -> new Notice(field.getKey().substring(NOTICE.length()), matter(field.getValue())))
                .sorted(Comparator.comparing(Notice::id))
                .toList();
    }

    private static Notice.Matter matter(String text) {
        String rest = text.substring(1);
        return switch (text.charAt(0)) {
            case UPDATED -> {
                String[] words = rest.split(" ", 2);
                yield Notice.Matter.updated(
                        new Condition(Status.named(words[0]).orElse(Status.ENABLED), words.length > 1 ? words[1] : ""));
            }
            case VERIFICATION_WITH_STATE -> Notice.Matter.verification(Optional.of(rest));
            default -> Notice.Matter.verification(Optional.empty());
        };
    }

    private static long number(Map<String, String> fields, String name) {
        return Long.parseLong(fields.getOrDefault(name, "0"));
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
