package io.revoker.domain.streams;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The events for one receiver.
 *
 * @param caller whose it is
 */
public record EventStream(String id, String caller, Settings settings, Condition condition) {

    /**
     * What the receiver has asked for.
     *
     * @param endpoint where events are pushed to; absent if the receiver polls
     * @param requested types of events, as URIs; empty for all that there are
     */
    public record Settings(Optional<Endpoint> endpoint, List<String> requested, String description) {
        public Settings {
            requested = List.copyOf(requested);
        }
    }

    /**
     * Where events are pushed to.
     *
     * @param authorization to be sent with each event to a URL, encrypted, and the URL; absent if none is
     */
    public record Endpoint(String url, Optional<String> authorization) {}

    /**
     * Whether events are delivered.
     *
     * @param reason may be empty
     */
    public record Condition(Status status, String reason) {
        public static final Condition ENABLED = new Condition(Status.ENABLED, "");
    }

    /** Shared Signals Framework 1.0, section 8.1.2. */
    public enum Status {
        /** Events are delivered. */
        ENABLED,
        /** Events are held. */
        PAUSED,
        /** Events are neither delivered nor held. */
        DISABLED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Status> named(String wireName) {
            return Stream.of(values())
                    .filter(status -> status.wireName().equals(wireName))
                    .findFirst();
        }
    }

    /** The same, enabled, paused or disabled. */
    public EventStream in(Condition changed) {
        return new EventStream(id, caller, settings, changed);
    }
}
