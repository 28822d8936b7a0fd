package io.revoker.bench;

import io.revoker.bench.RedisServer.Persistence;
import io.revoker.bench.TokenSet.Form;
import io.revoker.bench.Yardstick.Shape;
import java.io.IOException;

/** Registration, invalidation, sweeps and memory on one Redis, against plain SETs on the same Redis. */
record WriteRows(Setting setting, Sizes sizes, Report report) {
    private static final int CONNECTIONS = 64;
    private static final int PER_USER = 5;

    /** What the rows are measured on. */
    record Setting(Machine machine, RedisServer redis, JavaProcess service, Persistence persistence) {
        Yardstick yardstick() {
            return Yardstick.of(machine.vertx(), redis.port());
        }

        RedisConsole console() {
            return new RedisConsole(machine.vertx(), redis.url());
        }

        Filler filler() {
            return new Filler(machine.vertx(), service.port());
        }
    }

    void measure() throws IOException, InterruptedException {
        report.condition("Redis version", setting.console().version());
        report.condition("yardstick of writes", setting.yardstick().name());
        singles();
        warmUp();
        user();
        stream();
        realm(new TokenSet("lone", Form.LONE, PER_USER), sizes.tokens());
        realm(new TokenSet("pairs", Form.PAIR, PER_USER), sizes.tokens() / 2);
    }

    private void singles() throws IOException, InterruptedException {
        Shape shape = Shape.oneByOne(CONNECTIONS, sizes.singles());
        double before = setting.yardstick().setsPerSecond(shape);
        TokenSet tokens = new TokenSet("single", Form.LONE, PER_USER);
        Load load = new Load(setting.machine().vertx(), setting.service().port(), CONNECTIONS);
        load.once(sizes.singles(), new TokenSet("first", Form.LONE, PER_USER)::registrationRequest);
        double registered = load.once(sizes.singles(), tokens::registrationRequest);
        double invalidated = load.once(sizes.singles(), tokens::invalidationRequest);
        double sets = (before + setting.yardstick().setsPerSecond(shape)) / 2;
        add("single registration", "requests/s", registered, shape.words(), sets);
        add("single invalidation", "requests/s", invalidated, shape.words(), sets);
    }

    private void warmUp() throws IOException, InterruptedException {
        int grants = Math.min(sizes.userTokens(), sizes.tokens());
        for (int i = 0; i < 3; i++) {
            TokenSet tokens = new TokenSet("warm-up-" + i, Form.LONE, PER_USER);
            setting.filler().fill(tokens, grants);
            sweep("{\"realm_name\":\"" + tokens.realm() + "\"}", grants);
        }
    }

    private void user() throws IOException, InterruptedException {
        Sets before = sets();
        setting.console().flush();
        TokenSet tokens = new TokenSet("user", Form.LONE, sizes.userTokens());
        setting.filler().fill(tokens, sizes.userTokens());
        double rate = sweep("{\"username\":\"user-user-0\"}", sizes.userTokens());
        addSweep("sweep of a user", rate, before.and(sets()));
    }

    private void stream() throws IOException, InterruptedException {
        Sets before = sets();
        setting.console().flush();
        TokenSet tokens = new TokenSet("stream", Form.LONE, PER_USER);
        setting.filler().fill(tokens, sizes.userTokens());
        setting.console().awaitRest();
        double revoked = setting.filler().revoke(tokens, sizes.userTokens());
        add(
                "NDJSON revocation",
                "tokens/s",
                revoked,
                Shape.spread(sizes.tokens()).words(),
                before.and(sets()).spread());
    }

    private void realm(TokenSet tokens, int grants) throws IOException, InterruptedException {
        String form = tokens.form() == Form.LONE ? "lone tokens" : "pairs";
        Sets before = sets();
        setting.console().flush();
        long empty = setting.console().usedMemory();
        double filled = setting.filler().fill(tokens, grants);
        double bytes = setting.console().usedMemory() - empty;
        double rate = sweep("{\"realm_name\":\"" + tokens.realm() + "\"}", (long) grants * tokens.tokensPerGrant());
        Sets sets = before.and(sets());
        add(
                "NDJSON registration of " + form,
                "grants/s",
                filled,
                Shape.spread(sizes.tokens()).words(),
                sets.spread());
        addSweep("sweep of a realm of " + form, rate, sets);
        if (setting.persistence() == Persistence.NONE) {
            memory(form, bytes / grants / tokens.tokensPerGrant());
        }
    }

    private double sweep(String body, long tokens) throws IOException, InterruptedException {
        setting.console().awaitRest();
        return new Api(setting.service().port()).tokensPerSecond(body, tokens);
    }

    private void memory(String form, double bytes) throws InterruptedException {
        setting.console().flush();
        long empty = setting.console().usedMemory();
        setting.console().writeKeys(sizes.tokens());
        double reference = (setting.console().usedMemory() - empty) / (double) sizes.tokens();
        add("memory, " + form, "bytes/token", bytes, "a key with an expiry for each token, no index", reference);
    }

    private void add(String measure, String unit, double value, String yardstick, double reference) {
        report.add(new Row(measure, setting.persistence().words, unit, value, yardstick, reference));
    }

    private void addSweep(String measure, double rate, Sets sets) {
        add(measure, "tokens/s", rate, Shape.hot(sizes.tokens()).words(), sets.hot());
        add(measure, "tokens/s", rate, Shape.spread(sizes.tokens()).words(), sets.spread());
    }

    private Sets sets() throws IOException, InterruptedException {
        Yardstick yardstick = setting.yardstick();
        setting.console().awaitRest();
        return new Sets(
                yardstick.setsPerSecond(Shape.hot(sizes.tokens())),
                yardstick.setsPerSecond(Shape.spread(sizes.tokens())));
    }

    /** Pipelined SETs a second, of one key and of many: measured before and after what they are held against. */
    private record Sets(double hot, double spread) {
        Sets and(Sets after) {
            return new Sets((hot + after.hot) / 2, (spread + after.spread) / 2);
        }
    }
}
