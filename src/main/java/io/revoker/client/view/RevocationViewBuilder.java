package io.revoker.client.view;

import io.revoker.client.RevokerClient;
import io.revoker.client.feed.HeartbeatKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a {@link RevocationView} is kept. */
public final class RevocationViewBuilder {
    private static final Duration SHORTEST_BOUND = Duration.ofSeconds(1);
    private static final Duration LONGEST_BOUND = Duration.ofMinutes(10);
    private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(1);
    private static final Duration LONGEST_REFRESH = Duration.ofDays(1);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MOST = 1 << 28;
    /** Divisor: the tables take a quarter of the heap at 16 bytes an entry. */
    private static final int BYTES_OF_HEAP = 64;

    private final RevokerClient client;
    private Duration bound = Duration.ofSeconds(5);
    private Duration refresh = Duration.ofMinutes(10);
    private int most = (int) Math.min(MOST, Runtime.getRuntime().maxMemory() / BYTES_OF_HEAP);
    private WhenUnknown whenUnknown = WhenUnknown.ASK;
    private Optional<Path> file = Optional.empty();
    private Optional<String> name = Optional.empty();
    private HeartbeatKeys keys = HeartbeatKeys.NONE;
    private ViewListener listener = new ViewListener() {};

    RevocationViewBuilder(RevokerClient client) {
        this.client = client;
    }

    /** How old what the view decides by may be; 5 seconds if not set, 1 second to 10 minutes. */
    public RevocationViewBuilder bound(Duration longest) {
        bound = within("bound", longest, SHORTEST_BOUND, LONGEST_BOUND);
        return this;
    }

    /**
     * How often the view takes a new snapshot, to forget what has expired; every 10 minutes if not set, 1 second to 1
     * day.
     */
    public RevocationViewBuilder refresh(Duration interval) {
        refresh = within("refresh", interval, SHORTEST_REFRESH, LONGEST_REFRESH);
        return this;
    }

    /**
     * How many tokens, marks and locks there may be, 1 to 268,435,456; as many as a quarter of the heap holds at 16
     * bytes each, if not set. With more the view is stale. While it takes a snapshot there are two tables.
     */
    public RevocationViewBuilder mostEntries(int number) {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException("mostEntries: " + number + " (expected: 1 to " + MOST + ")");
        }
        most = number;
        return this;
    }

    /** What to do about tokens that the view can't tell about; {@link WhenUnknown#ASK} if not set. */
    public RevocationViewBuilder whenUnknown(WhenUnknown policy) {
        whenUnknown = policy;
        return this;
    }

    /**
     * Where the view keeps what it knows, and begins with when it is opened again; nowhere if not set. Written every 10
     * seconds if something has changed, and when the view is closed. No two views may have the same file.
     */
    public RevocationViewBuilder file(Path path) {
        file = Optional.of(path);
        return this;
    }

    /**
     * Has the view confirm what it has applied, as a follower of this name, so that others can wait until it has; it
     * confirms nothing if not set. No two views of a client of the service may have the same name.
     *
     * @param follower 1 to 64 of {@code A-Z a-z 0-9 . _ -}
     */
    public RevocationViewBuilder confirmAs(String follower) {
        if (!NAME.matcher(follower).matches()) {
            throw new IllegalArgumentException("confirmAs: " + follower + " (expected: 1 to 64 of A-Z a-z 0-9 . _ -)");
        }
        name = Optional.of(follower);
        return this;
    }

    /**
     * Has only heartbeats count that are signed by one of these keys, and are of this minute by the time of day of this
     * machine: so a proxy can't pretend that nothing was revoked. All count if not set. Don't fetch the keys through
     * the proxy that you don't trust.
     *
     * @param issuer of the service, {@code oauth.issuer}
     * @param jwks a JWK set, as the service publishes it
     * @throws IllegalArgumentException if it has no key that can be used
     */
    public RevocationViewBuilder signedBy(String issuer, String jwks) {
        keys = HeartbeatKeys.of(issuer, jwks);
        return this;
    }

    /** Is called when the view becomes fresh or stale, changes or fails. */
    public RevocationViewBuilder listener(ViewListener told) {
        listener = told;
        return this;
    }

    /** Begins to follow. Does not wait: until the first heartbeat the view is stale. */
    public RevocationView open() {
        return new RevocationView(
                        client, new ViewSettings(bound, refresh, most, whenUnknown, file, name, keys, listener))
                .begin();
    }

    private static Duration within(String name, Duration given, Duration shortest, Duration longest) {
        if (given.compareTo(shortest) < 0 || given.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    name + ": " + given + " (expected: " + shortest + " to " + longest + ")");
        }
        return given;
    }
}
