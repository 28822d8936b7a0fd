package io.revoker.client.view;

import io.revoker.client.RevokerClient;
import io.revoker.client.TokenStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What is revoked, in the memory of this program: it begins with a snapshot and follows the feed of the service. Safe
 * for use by many threads; keep one and share it. Its client needs the privilege {@code feed}, and to ask about what
 * the view can't tell, {@code check}.
 *
 * <p>It never says that a token was not revoked by what it has known for longer than its bound, 5 seconds if not set,
 * even if nothing comes any more: then it is stale, until the service is heard of again. It knows what the client may
 * see: give it a client of all realms whose tokens are looked up.
 */
public final class RevocationView implements AutoCloseable {
    private final RevokerClient client;
    private final ViewSettings settings;
    private final ViewKeeper keeper;

    RevocationView(RevokerClient client, ViewSettings settings) {
        this.client = client;
        this.settings = settings;
        this.keeper = new ViewKeeper(client.access(), settings);
    }

    /** A view that reaches the service by this client, which has to stay open for as long. */
    public static RevocationViewBuilder builder(RevokerClient client) {
        return new RevocationViewBuilder(client);
    }

    RevocationView begin() {
        keeper.begin();
        return this;
    }

    /**
     * Looks a token up. Takes well under a microsecond, allocates nothing and never waits.
     *
     * @return what holds now; says nothing of the token's signature, expiry or audience
     */
    public RevocationState state(TokenKey key) {
        return keeper.state(key);
    }

    /**
     * Whether a token was revoked; of one that the view can't tell about, as the {@linkplain
     * RevocationViewBuilder#whenUnknown policy} says. If the service is asked and does not answer, the future fails as
     * {@link RevokerClient#checkAsync} does: refuse the token then.
     *
     * @param token the one of the key
     */
    public CompletableFuture<Boolean> isRevoked(String token, TokenKey key) {
        return switch (state(key)) {
            case REVOKED -> CompletableFuture.completedFuture(true);
            case NOT_REVOKED -> CompletableFuture.completedFuture(false);
            case UNKNOWN -> isRevokedByPolicy(token, key);
        };
    }

    /**
     * Whether a token was revoked, as the {@linkplain RevocationViewBuilder#whenUnknown policy} says of tokens that the
     * view can't tell about: for those who don't want to wait until what the view knows is too old.
     *
     * @param token the one of the key
     */
    public CompletableFuture<Boolean> isRevokedByPolicy(String token, TokenKey key) {
        return switch (settings.whenUnknown()) {
            case REFUSE -> CompletableFuture.completedFuture(true);
            case ASK -> ask(token, key).thenApply(status -> !status.isActive());
        };
    }

    /** While the view is fresh, the answer is not to be older than what it knows. */
    private CompletableFuture<TokenStatus> ask(String token, TokenKey key) {
        ViewStatus status = status();
        long stamp = status.isFresh() ? status.stamp() : 0;
        return key.isRefreshToken() ? client.checkRefreshTokenAsync(token, stamp) : client.checkAsync(token, stamp);
    }

    /**
     * Whether the view is fresh and gets each revocation that concerns this token, though it may not know those before.
     * Then what {@link #isRevoked} says holds until something {@linkplain ViewListener#changed changes}.
     */
    public boolean follows(TokenKey key) {
        return keeper.follows(key);
    }

    /** Ends when the view has become fresh for the first time; fails only if the view is closed before. */
    public CompletableFuture<Void> ready() {
        return keeper.ready();
    }

    /** Adds a listener, which is called from now on. */
    public void addListener(ViewListener listener) {
        keeper.add(listener);
    }

    /** Removes a listener. A call that has begun may still come to its end. */
    public void removeListener(ViewListener listener) {
        keeper.remove(listener);
    }

    /** How old what it decides by may be. */
    public Duration bound() {
        return settings.bound();
    }

    /** What it does about a token that it can't tell about. */
    public WhenUnknown whenUnknown() {
        return settings.whenUnknown();
    }

    /** How old what it knows is, at most. It is stale from its {@linkplain #bound bound} on. */
    public Duration age() {
        return keeper.age();
    }

    /** How it stands with the view. */
    public ViewStatus status() {
        return keeper.status();
    }

    /**
     * Writes its file, if it has one, and follows no longer: it becomes stale. Waits up to 10 seconds for
     * the file. Not for the client, which stays open.
     */
    @Override
    public void close() {
        keeper.close();
    }
}
