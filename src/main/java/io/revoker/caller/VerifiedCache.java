package io.revoker.caller;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which credentials were right a moment ago, by fingerprint; the least recently used give way. For one thread at a time. */
final class VerifiedCache {
    private record Entry(Caller caller, Instant verified) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final int size;
    private final Duration validFor;

    VerifiedCache(int size, Duration validFor) {
        this.size = size;
        this.validFor = validFor;
    }

    Optional<Caller> find(String fingerprint, Instant now) {
        Optional<Entry> entry = Optional.ofNullable(entries.get(fingerprint));
        Optional<Caller> caller = entry.filter(known -> isValid(known, now)).map(Entry::caller);
        if (caller.isEmpty()) {
            entries.remove(fingerprint);
        }
        return caller;
    }

    /** A clock that was set back must not lengthen a life, so an entry of the future is not valid either. */
    private boolean isValid(Entry entry, Instant now) {
        return !now.isBefore(entry.verified()) && now.isBefore(entry.verified().plus(validFor));
    }

    void put(String fingerprint, Caller caller, Instant now) {
        entries.put(fingerprint, new Entry(caller, now));
        Iterator<String> leastRecent = entries.keySet().iterator();
        while (entries.size() > size) {
            leastRecent.next();
            leastRecent.remove();
        }
    }
}
