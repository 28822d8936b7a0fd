package io.revoker.faults;

import io.revoker.faults.Event.Checked.Said;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A client that registers pairs for seconds, asks for them and revokes them, and remembers nothing.
 *
 * @param calls that were made, and how many of them were not served
 */
record SoakCaller(HttpDoor door, Random random, AtomicLong calls, AtomicLong failures) {
    private static final Duration LIFE = Duration.ofSeconds(5);
    /** Twenty rounds of five calls a second. */
    private static final Duration ROUND = Duration.ofMillis(50);

    private static final AtomicLong TOKENS = new AtomicLong(System.nanoTime());

    void work(BooleanSupplier goOn) {
        long next = System.nanoTime();
        while (goOn.getAsBoolean()) {
            step("realm" + random.nextInt(3), "user" + random.nextInt(50));
            // What a busy machine has not done is not made up for: more calls a second would leave more in Redis.
            next = Math.max(next + ROUND.toNanos(), System.nanoTime());
            LockSupport.parkNanos(next - System.nanoTime());
        }
        door.close();
    }

    private void step(String realm, String user) {
        Issued access = token(Issued.Kind.ACCESS, realm, user);
        Issued refresh = token(Issued.Kind.REFRESH, realm, user);
        served(door.register(List.of(access, refresh)) == 201);
        served(door.check(access.text()).said() != Said.NOTHING);
        served(door.introspect(access.text()).said() != Said.NOTHING);
        served(door.checkAll(List.of(access.text(), refresh.text())).get(0).status() == 200);
        served(door.revoke(target(refresh)).status() == 200);
    }

    private void served(boolean is) {
        calls.incrementAndGet();
        if (!is) {
            failures.incrementAndGet();
        }
    }

    private Target target(Issued token) {
        return switch (random.nextInt(10)) {
            case 0 -> new Target.Realm(token.realm());
            case 1 -> new Target.User(token.user());
            case 2, 3 -> new Target.UserInRealm(token.realm(), token.user());
            default -> new Target.One(token);
        };
    }

    private static Issued token(Issued.Kind kind, String realm, String user) {
        return new Issued("soak-" + TOKENS.incrementAndGet(), kind, realm, user, LIFE);
    }
}
