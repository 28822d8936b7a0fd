package io.revoker.faults;

import io.revoker.faults.Event.Revoked;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a schedule takes away that was acknowledged, by design of the faults in it. Nothing, of most schedules. */
final class Losses {
    private record Window(long from, long to) {
        boolean holds(long instant) {
            return from <= instant && instant <= to;
        }
    }

    private final List<Window> registrations = new CopyOnWriteArrayList<>();

    /** Registrations that were acknowledged in this time may be gone: Redis replicates without waiting, and only revocations wait for it. */
    void registrationsMayBeGone(long from, long to) {
        registrations.add(new Window(from, to));
    }

    boolean mayForget(Life life) {
        return life.acknowledged()
                .filter(birth -> registrations.stream().anyMatch(window -> window.holds(birth)))
                .isPresent();
    }

    /** Never, in no schedule: what a Redis forgets, the instances that live remember. */
    boolean mayForget(Revoked revocation) {
        return false;
    }
}
