package io.revoker.client.view;

import io.revoker.client.RevokerClient;
import io.revoker.testing.Api;
import io.revoker.testing.Waiting;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** A view, and what its listener was told. */
final class Watched implements AutoCloseable, ViewListener {
    /** On a machine that does other work heartbeats may come late. */
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private final RevokerClient client;
    private final RevocationView view;
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    private Watched(RevokerClient client, UnaryOperator<RevocationViewBuilder> how) {
        this.client = client;
        this.view = how.apply(RevocationView.builder(client).bound(PATIENT))
                .listener(this)
                .open();
    }

    static Watched of(URI node, URI... others) {
        return of(List.of(node, others.length == 0 ? node : others[0]), how -> how);
    }

    static Watched of(List<URI> nodes, UnaryOperator<RevocationViewBuilder> how) {
        RevokerClient client = RevokerClient.builder(
                        nodes.get(0), nodes.stream().skip(1).toArray(URI[]::new))
                .connectTimeout(Duration.ofSeconds(3))
                .build();
        return new Watched(client, how);
    }

    /** A token that was issued a while ago. */
    static TokenKeyBuilder token(String realm, String user) {
        return TokenKey.of(Api.fresh("token"))
                .realm(realm)
                .user(user)
                .issuedAt(Instant.now().minusSeconds(600));
    }

    RevocationView view() {
        return view;
    }

    RevocationState state(TokenKeyBuilder token) {
        return view.state(token.build());
    }

    Watched awaitFresh() {
        Waiting.until(
                () -> "fresh: " + told, Waiting.PATIENCE, () -> view.status().isFresh());
        return this;
    }

    void awaitStale() {
        Waiting.until(
                () -> "stale: " + told, Waiting.PATIENCE, () -> !view.status().isFresh());
    }

    void await(TokenKeyBuilder token, RevocationState expected) {
        TokenKey key = token.build();
        Waiting.until(
                () -> expected + ": " + view.state(key) + ' ' + view.status() + ' ' + told,
                Waiting.PATIENCE,
                () -> view.state(key) == expected);
    }

    void awaitTold(String words) {
        Waiting.until(() -> words + ": " + told, Waiting.PATIENCE, () -> hasHeard(words));
    }

    boolean hasHeard(String words) {
        return told.stream().anyMatch(line -> line.contains(words));
    }

    @Override
    public void becameFresh(ViewStatus status) {
        told.add("fresh " + status);
    }

    @Override
    public void becameStale(ViewStatus status) {
        told.add("stale " + status);
    }

    @Override
    public void wentBack(long service, long here) {
        told.add("went back from " + here + " to " + service);
    }

    @Override
    public void failed(Throwable failure) {
        told.add("failed " + failure);
    }

    @Override
    public String toString() {
        return view.status() + " " + told;
    }

    @Override
    public void close() {
        view.close();
        client.close();
    }
}
