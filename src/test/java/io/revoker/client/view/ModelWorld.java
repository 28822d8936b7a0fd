package io.revoker.client.view;

import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.revoker.testing.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Two instances and their Redis, what is revoked there, and what befalls them. */
final class ModelWorld implements AutoCloseable {
    private static final String PREFIX = "model";

    private final Random random;
    private final List<String> history;
    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final List<RunningService> services = new ArrayList<>(List.of(start(), start()));
    private final List<Revoked> revoked = new ArrayList<>();
    private Optional<Copy> older = Optional.empty();
    /** How many of the first may be forgotten. */
    private int forgotten;

    /** Something that was revoked. */
    record Revoked(TokenKey key, long stamp, long acknowledgedAt) {}

    /** @param revoked how much was then */
    private record Copy(Path files, int revoked) {}

    ModelWorld(Random random, List<String> history) {
        this.random = random;
        this.history = history;
    }

    private RunningService start() {
        return RunningService.on(redis.url(), "--redis.prefix=" + PREFIX);
    }

    List<Integer> ports() {
        return services.stream().map(RunningService::port).toList();
    }

    List<Revoked> revoked() {
        return revoked;
    }

    /** Whether the log was trimmed, or went back: then a follower may no longer be able to tell. */
    boolean hasForgotten() {
        return forgotten > 0;
    }

    /** What was revoked after the log was trimmed, or went back, for the last time. */
    List<Revoked> remembered() {
        return revoked.subList(forgotten, revoked.size());
    }

    /** What each follower has confirmed; of none while Redis does not say so. */
    Map<String, Long> confirmed() {
        Map<String, Long> confirmed = new HashMap<>();
        services.get(0)
                .call("GET", "/v1/followers")
                .send()
                .json()
                .path("followers")
                .forEach(one -> confirmed.put(
                        one.path("name").asText(), one.path("confirmed").asLong()));
        return confirmed;
    }

    void restartRedis() {
        redis.kill();
        redis.start();
    }

    /** Returns its new port. */
    int restart(int instance) {
        services.get(instance).close();
        services.set(instance, start());
        return services.get(instance).port();
    }

    /** Leaves the newest entry, as an instance does whose log.retention is shorter. */
    void trim() {
        try (RedisClient client = redis.client()) {
            List<?> newest = (List<?>) client.call("XREVRANGE", PREFIX + ":{log}:events", "+", "-", "COUNT", "1");
            if (!newest.isEmpty()) {
                String id = ((List<?>) newest.get(0)).get(0).toString();
                forgotten = revoked.size();
                client.call("SET", PREFIX + ":{log}:trimmed", id.substring(0, id.indexOf('-')));
                client.call("XTRIM", PREFIX + ":{log}:events", "MINID", id);
            }
        }
    }

    /**
     * Redis starts from an older copy of its files; without one, it is made now. The instances write again what they
     * know, and until then they are not ready.
     */
    void goBack(BooleanSupplier meanwhile) {
        if (older.isEmpty()) {
            older = Optional.of(new Copy(redis.copyFiles(), revoked.size()));
            return;
        }
        boolean hasLost = older.get().revoked() < revoked.size();
        long newest = revoked.stream().mapToLong(Revoked::stamp).max().orElse(0);
        services.forEach(service -> until("read", () -> newest(service) >= newest));
        List<Double> before = services.stream().map(ModelWorld::wentBack).toList();
        forgotten = hasLost ? revoked.size() : forgotten;
        redis.kill();
        redis.restoreFiles(older.get().files());
        redis.start();
        older = Optional.empty();
        for (int i = 0; hasLost && i < services.size(); i++) {
            RunningService service = services.get(i);
            double times = before.get(i);
            until(
                    "written again",
                    () -> meanwhile.getAsBoolean()
                            && wentBack(service) > times
                            && service.readiness().status() == 200);
        }
    }

    private static long newest(RunningService service) {
        return service.call("GET", "/v1/revocations/snapshot")
                .send()
                .json()
                .path("stamp")
                .asLong();
    }

    private static double wentBack(RunningService service) {
        return Scrape.of(service).value("revoker_log_went_back_total");
    }

    private void until(String what, BooleanSupplier condition) {
        Waiting.until(() -> what + ": " + history, Waiting.PATIENCE, condition);
    }

    void revoke() {
        String realm = Api.fresh("realm");
        TokenKeyBuilder facts = TokenKey.of(Api.fresh("token"))
                .realm(realm)
                .user("joe")
                .client("app")
                .issuedAt(Instant.now().minusSeconds(600));
        String until = Api.ahead(Duration.ofHours(1));
        String target = switch (random.nextInt(6)) {
            case 0 -> "'target':{'realm_name':'" + realm + "'}";
            case 1 -> "'target':{'realm_name':'" + realm + "','username':'joe'}";
            case 2 -> "'target':{'realm_name':'" + realm + "','client_id':'app'}";
            case 3 -> "'until':'" + until + "','target':{'realm_name':'" + realm + "'}";
            case 4 ->
                "'issued_before':'" + Instant.now() + "','target':{'realm_name':'" + realm + "','username':'joe'}";
            default -> {
                String token = token(realm);
                facts = TokenKey.of(token).realm(realm).user("joe").issuedAt(Instant.now());
                yield "'target':{'token':'" + token + "'}";
            }
        };
        history.add("revoke " + target);
        Reply reply = send("/v1/revocations", "{" + target.replace('\'', '"') + "}");
        revoked.add(new Revoked(facts.build(), Long.parseLong(reply.header("Revoker-Stamp")), System.nanoTime()));
    }

    private String token(String realm) {
        return send("/v1/tokens", "{\"realm_name\":\"" + realm + "\",\"username\":\"joe\",\"mint\":[\"access_token\"]}")
                .json()
                .required("access_token")
                .textValue();
    }

    /** Until it is acknowledged: Redis may be away. */
    private Reply send(String path, String body) {
        List<Reply> replies = new ArrayList<>();
        int first = random.nextInt(services.size());
        Waiting.until(() -> "done: " + history + replies, Waiting.PATIENCE, () -> {
            RunningService service = services.get((first + replies.size()) % services.size());
            replies.add(service.call("POST", path).json(body).send());
            return last(replies).status() < 300;
        });
        return last(replies);
    }

    private static Reply last(List<Reply> replies) {
        return replies.get(replies.size() - 1);
    }

    @Override
    public void close() {
        services.forEach(RunningService::close);
        redis.close();
    }
}
