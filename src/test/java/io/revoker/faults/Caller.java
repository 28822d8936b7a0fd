package io.revoker.faults;

import io.revoker.faults.Event.Checked;
import io.revoker.faults.Event.Registered;
import io.revoker.faults.Event.Revoked;
import io.revoker.faults.Event.Span;
import io.revoker.faults.Issued.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A client of one instance that does now this, now that, and writes it down. */
final class Caller {
    private static final int REALMS = 2;
    private static final int USERS = 4;
    private static final Duration SHORT_LIFE = Duration.ofSeconds(2);
    private static final int LONGEST_PAUSE_MICROS = 4000;

    /** For names that no other caller gives. */
    private static final AtomicLong TOKENS = new AtomicLong(System.nanoTime());

    private final int instance;
    private final Door door;
    private final History history;
    private final Random random;

    Caller(int instance, Door door, History history, Random random) {
        this.instance = instance;
        this.door = door;
        this.history = history;
        this.random = random;
    }

    void work(BooleanSupplier goOn) {
        while (goOn.getAsBoolean()) {
            step();
            LockSupport.parkNanos(random.nextInt(LONGEST_PAUSE_MICROS) * 1000L);
        }
        door.close();
    }

    private void step() {
        int choice = random.nextInt(40);
        Optional<Registered> lately = history.any(random);
        if (choice < 14 || lately.isEmpty()) {
            register(fresh());
        } else if (choice < 16) {
            repeat(lately.get().tokens());
        } else if (choice < 27) {
            check(lately.get().tokens().get(0));
        } else if (choice < 30) {
            introspect(lately.get().tokens().get(0));
        } else if (choice < 34) {
            checkAll(IntStream.range(0, 5)
                    .mapToObj(i -> history.any(random).orElseThrow())
                    .flatMap(event -> event.tokens().stream())
                    .toList());
        } else {
            revoke(target(lately.get(), choice));
        }
    }

    /** An expired token is forgotten: to register it again begins a second life. */
    private void repeat(List<Issued> tokens) {
        if (tokens.get(0).life().equals(History.LONG_LIFE)) {
            register(tokens);
        }
    }

    private List<Issued> fresh() {
        String realm = "realm" + random.nextInt(REALMS);
        String user = "user" + random.nextInt(USERS);
        Duration life = random.nextInt(20) == 0 ? SHORT_LIFE : History.LONG_LIFE;
        List<Issued> tokens = new ArrayList<>(List.of(new Issued(name(), Kind.ACCESS, realm, user, life)));
        if (random.nextBoolean()) {
            tokens.add(new Issued(name(), Kind.REFRESH, realm, user, life));
        }
        return List.copyOf(tokens);
    }

    /** Grants of one holder, of an access and a refresh token each. */
    List<Issued> registerPairs(String realm, String user, int pairs) {
        List<Issued> all = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            List<Issued> pair = List.of(
                    new Issued(name(), Kind.ACCESS, realm, user, History.LONG_LIFE),
                    new Issued(name(), Kind.REFRESH, realm, user, History.LONG_LIFE));
            if (register(pair) == 201) {
                all.addAll(pair);
            }
        }
        return all;
    }

    private static String name() {
        return "fault-token-" + TOKENS.incrementAndGet();
    }

    /** Mostly what leaves enough alive. */
    private static Target target(Registered lately, int choice) {
        List<Issued> tokens = lately.tokens();
        Issued token = tokens.get(tokens.size() - 1);
        return switch (choice) {
            case 34, 35 -> new Target.One(token);
            case 36, 37 -> new Target.UserInRealm(token.realm(), token.user());
            case 38 -> new Target.User(token.user());
            default -> new Target.Realm(token.realm());
        };
    }

    int register(List<Issued> tokens) {
        long begin = System.nanoTime();
        int status = door.register(tokens);
        history.add(new Registered(instance, since(begin), tokens, status));
        return status;
    }

    Door.Ended revoke(Target target) {
        long begin = System.nanoTime();
        Door.Ended ended = door.revoke(target);
        history.add(new Revoked(instance, since(begin), target, ended.status(), ended.invalidated(), ended.errors()));
        return ended;
    }

    Door.Told check(Issued token) {
        long begin = System.nanoTime();
        return told(begin, token, door.check(token.text()));
    }

    private void introspect(Issued token) {
        long begin = System.nanoTime();
        told(begin, token, door.introspect(token.text()));
    }

    List<Door.Told> checkAll(List<Issued> tokens) {
        long begin = System.nanoTime();
        List<Door.Told> told = door.checkAll(tokens.stream().map(Issued::text).toList());
        Span span = since(begin);
        IntStream.range(0, told.size())
                .forEach(i -> history.add(new Checked(
                        instance,
                        span,
                        tokens.get(i).text(),
                        told.get(i).said(),
                        told.get(i).status())));
        return told;
    }

    private Door.Told told(long begin, Issued token, Door.Told told) {
        history.add(new Checked(instance, since(begin), token.text(), told.said(), told.status()));
        return told;
    }

    private static Span since(long begin) {
        return new Span(begin, System.nanoTime());
    }
}
