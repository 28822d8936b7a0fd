package io.revoker.bench;

import io.revoker.client.RevokerClient;
import io.revoker.client.view.RevocationState;
import io.revoker.client.view.RevocationView;
import io.revoker.client.view.RevocationViewBuilder;
import io.revoker.client.view.TokenKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of followers: views that are asked about the same token again and again, until each of them refuses it.
 * Arguments: how many, where the service is, the port of Redis, nanoseconds between two rounds, and what the names
 * begin with under which they confirm what they have applied: without it they don't. Takes commands on its input and
 * says on its output what has become of them; times are those of {@link System#nanoTime()}, which on Linux is one clock
 * for all processes, {@code CLOCK_MONOTONIC}.
 *
 * <ul>
 *   <li>{@code watch NAME TOKEN REALM USER ISSUED_AT}: {@code watching NAME 0} once no view knows of a revocation,
 *       {@code refused NAME TIME} when the last one has answered that it was revoked;
 *   <li>{@code end NAME}: {@code ended NAME TIME}, when the last answer was asked for that was "not revoked";
 *   <li>{@code clock}: {@code clock - TIME}.
 * </ul>
 */
public final class ReachFollowers {
    private final List<RevocationView> views = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final BlockingQueue<String[]> commands = new LinkedBlockingQueue<>();
    private final long interval;

    private ReachFollowers(long interval) {
        this.interval = interval;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int number = Integer.parseInt(arguments[0]);
        ReachFollowers followers = new ReachFollowers(Long.parseLong(arguments[3]));
        try (RevokerClient client =
                        RevokerClient.builder(URI.create(arguments[1])).build();
                ReachSubscribers subscribers =
                        ReachSubscribers.start(Integer.parseInt(arguments[2]), number, ReachFollowers::say)) {
            for (int i = 0; i < number; i++) {
                followers.views.add(
                        open(client, arguments.length > 4 ? Optional.of(arguments[4] + i) : Optional.empty()));
            }
            followers.views.forEach(view -> view.ready().join());
            Thread reader = new Thread(followers::read, "commands");
            reader.setDaemon(true);
            reader.start();
            say("started", "-", subscribers.size());
            followers.run();
        }
    }

    private static RevocationView open(RevokerClient client, Optional<String> name) {
        RevocationViewBuilder view = RevocationView.builder(client);
        return name.map(view::confirmAs).orElse(view).open();
    }

    /** All on one line, from any thread. */
    private static void say(String what, String name, long time) {
        System.out.println(what + ' ' + name + ' ' + time);
    }

    /** The process ends with its input. */
    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                commands.add(line.split(" ", -1));
            }
        } catch (IOException gone) {
            System.err.println(gone);
        }
        System.exit(0);
    }

    private void run() throws InterruptedException {
        while (true) {
            if (watches.isEmpty()) {
                take(commands.take());
            }
            for (String[] next = commands.poll(); next != null; next = commands.poll()) {
                take(next);
            }
            watches.forEach(Watch::look);
            LockSupport.parkNanos(interval);
        }
    }

    private void take(String[] command) {
        switch (command[0]) {
            case "watch" -> watches.add(new Watch(command));
            case "end" ->
                watches.stream()
                        .filter(watch -> watch.name.equals(command[1]))
                        .findFirst()
                        .ifPresent(this::end);
            default -> say("clock", "-", System.nanoTime());
        }
    }

    private void end(Watch watch) {
        watches.remove(watch);
        say("ended", watch.name, watch.lastAccepted);
    }

    /** One token, and the views that have not refused it yet. */
    private final class Watch {
        private final String name;
        private final TokenKey key;
        private final List<RevocationView> left = new ArrayList<>(views);
        private boolean begun;
        private boolean refused;
        private long lastAccepted;

        Watch(String[] command) {
            this.name = command[1];
            this.key = TokenKey.of(command[2])
                    .realm(command[3])
                    .user(command[4])
                    .issuedAt(Instant.ofEpochSecond(Long.parseLong(command[5])))
                    .build();
        }

        void look() {
            if (!begun) {
                begun = views.stream().allMatch(view -> view.state(key) == RevocationState.NOT_REVOKED);
                if (begun) {
                    say("watching", name, 0);
                }
            } else if (!refused) {
                left.removeIf(this::refuses);
                refused = left.isEmpty();
                if (refused) {
                    say("refused", name, System.nanoTime());
                }
            }
        }

        private boolean refuses(RevocationView view) {
            long asked = System.nanoTime();
            RevocationState state = view.state(key);
            if (state == RevocationState.NOT_REVOKED) {
                lastAccepted = asked;
            }
            return state == RevocationState.REVOKED;
        }
    }
}
