package io.revoker.domain.streams;

import java.util.Optional;

/**
 * An event about a stream itself.
 *
 * @param id that no other event of the stream has
 */
public record Notice(String id, Matter matter) {

    /**
     * What it is about.
     *
     * @param state which the receiver gave with its request for a verification
     * @param changed the condition of the stream; absent for a verification
     */
    public record Matter(Optional<String> state, Optional<EventStream.Condition> changed) {
        /** The receiver wants to see an event. */
        public static Matter verification(Optional<String> state) {
            return new Matter(state, Optional.empty());
        }

        /** The service has changed the condition of the stream by itself. */
        public static Matter updated(EventStream.Condition changed) {
            return new Matter(Optional.empty(), Optional.of(changed));
        }
    }
}
