package io.revoker.client;

import io.revoker.client.internal.JsonFields;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The client of a Revoker service. Safe for use by many threads; keep one and share it.
 *
 * <p>Every call has two forms that fail alike. The synchronous form waits and throws; the future of the asynchronous
 * form fails with the very exception that the other would throw: {@link RevokerStatusException} if the service answered
 * that it did not do it, an {@link IOException} if there was no answer in time or none that can be read. Completing or
 * cancelling such a future before the answer is there aborts the HTTP exchange; the service may have done the work
 * nevertheless.
 *
 * <p>Every call may be repeated: only the counts differ.
 */
public final class RevokerClient implements AutoCloseable {
    private static final String TOKENS = "/_security/oauth2/token";
    private static final String NOT_WAITING = TOKENS + "?wait_for_completion=false";
    private static final String SWEEPS = "/v1/sweeps";
    private static final String REGISTRATIONS = "/v1/tokens";
    private static final String INTROSPECTION = "/oauth2/introspect";

    private final Transport transport;

    RevokerClient(Transport transport) {
        this.transport = transport;
    }

    /**
     * A client of one service that is reached at one or more base addresses, such as {@code http://127.0.0.1:8080}. A
     * call goes to the address that answered the last one; if that one can't be reached or answers 502, 503 or 504, to
     * the next, and to each at most once.
     *
     * @throws IllegalArgumentException if an address is not http or https, or has a user, a query or a fragment
     */
    public static RevokerClientBuilder builder(URI node, URI... others) {
        return new RevokerClientBuilder(Nodes.of(node, others));
    }

    /**
     * Invalidates tokens. A single token that is unknown is no failure: the response counts zero.
     *
     * @throws IOException if there is no readable response
     * @throws RevokerStatusException if the service refused or failed
     */
    public InvalidateTokenResponse invalidateToken(InvalidateTokenRequest request) throws IOException {
        return OpenCalls.await(invalidateTokenAsync(request));
    }

    /** {@link #invalidateToken} without waiting. */
    public CompletableFuture<InvalidateTokenResponse> invalidateTokenAsync(InvalidateTokenRequest request) {
        return transport.send(TOKENS, RequestBody.json(request.fields()).by("DELETE"), InvalidateTokenResponse::decode);
    }

    /**
     * Invalidates the tokens of a realm, of a user, or of a user in a realm, without waiting until they are counted:
     * every instance refuses them within milliseconds.
     *
     * @return the name of the sweep that counts them, for {@link #sweep}
     * @throws IllegalArgumentException if the request names a single token, which is counted at once
     * @throws IOException if there is no readable response
     * @throws RevokerStatusException if the service refused or failed
     */
    public String beginInvalidation(InvalidateTokenRequest request) throws IOException {
        return OpenCalls.await(beginInvalidationAsync(request));
    }

    /** {@link #beginInvalidation} without waiting. */
    public CompletableFuture<String> beginInvalidationAsync(InvalidateTokenRequest request) {
        if (!Require.hasText(request.getRealmName()) && !Require.hasText(request.getUsername())) {
            throw new IllegalArgumentException("request: of a single token (expected: of a realm or a user)");
        }
        return transport.send(
                NOT_WAITING,
                RequestBody.json(request.fields()).by("DELETE"),
                response -> response.success().requiredText("sweep"));
    }

    /**
     * How far a sweep has come, for an hour after its end.
     *
     * @throws IOException if there is no readable response
     * @throws RevokerStatusException 404 if there is none of that name
     */
    public SweepProgress sweep(String name) throws IOException {
        return OpenCalls.await(sweepAsync(name));
    }

    /** {@link #sweep} without waiting. */
    public CompletableFuture<SweepProgress> sweepAsync(String name) {
        return transport.send(Require.sweep(SWEEPS, name), RequestBody.none().by("GET"), SweepProgress::decode);
    }

    /**
     * The sweeps that run, and those that ended within the last hour, oldest first.
     *
     * @throws IOException if there is no readable response
     * @throws RevokerStatusException if the service refused or failed
     */
    public List<SweepProgress> sweeps() throws IOException {
        return OpenCalls.await(sweepsAsync());
    }

    /** {@link #sweeps} without waiting. */
    public CompletableFuture<List<SweepProgress>> sweepsAsync() {
        return transport.send(SWEEPS, RequestBody.none().by("GET"), SweepProgress::decodeAll);
    }

    /**
     * Stops the counting; the tokens stay dead.
     *
     * @throws IOException if there is no readable response
     * @throws RevokerStatusException 404 if there is no sweep of that name, 409 if it runs no longer
     */
    public SweepProgress stopSweep(String name) throws IOException {
        return OpenCalls.await(stopSweepAsync(name));
    }

    /** {@link #stopSweep} without waiting. */
    public CompletableFuture<SweepProgress> stopSweepAsync(String name) {
        return transport.send(Require.sweep(SWEEPS, name), RequestBody.none().by("DELETE"), SweepProgress::decode);
    }

    /**
     * Registers the tokens of one grant, or has the service mint them. If the response to a request that mints is lost,
     * repeating it mints other tokens, and no caller ever gets the first ones.
     *
     * @throws IOException if there is no readable response
     * @throws RevokerStatusException if the service refused or failed
     */
    public RegisterTokenResponse register(RegisterTokenRequest request) throws IOException {
        return OpenCalls.await(registerAsync(request));
    }

    /** {@link #register} without waiting. */
    public CompletableFuture<RegisterTokenResponse> registerAsync(RegisterTokenRequest request) {
        return transport.send(
                REGISTRATIONS, RequestBody.json(request.fields()).by("POST"), RegisterTokenResponse::decode);
    }

    /**
     * Asks whether a token is good, and whose it is (RFC 7662).
     *
     * @throws IllegalArgumentException if the token is empty
     * @throws IOException if there is no readable response
     * @throws RevokerStatusException if the service refused or failed; this says nothing of the token
     */
    public TokenStatus check(String token) throws IOException {
        return OpenCalls.await(checkAsync(token));
    }

    /** {@link #check} without waiting. */
    public CompletableFuture<TokenStatus> checkAsync(String token) {
        return introspect(token, "", 0);
    }

    /**
     * {@link #check} without waiting, and not by what is older than a revocation: fails with 503 if no node has got so
     * far within a second.
     *
     * @param minStamp the stamp of the revocation; 0 for none
     */
    public CompletableFuture<TokenStatus> checkAsync(String token, long minStamp) {
        return introspect(token, "", minStamp);
    }

    /**
     * {@link #check} for a refresh token: to callers that may only check it is not active, and those that have every
     * privilege must ask for one.
     *
     * @throws IllegalArgumentException if the token is empty
     * @throws IOException if there is no readable response
     * @throws RevokerStatusException if the service refused or failed; this says nothing of the token
     */
    public TokenStatus checkRefreshToken(String token) throws IOException {
        return OpenCalls.await(checkRefreshTokenAsync(token));
    }

    /** {@link #checkRefreshToken} without waiting. */
    public CompletableFuture<TokenStatus> checkRefreshTokenAsync(String token) {
        return checkRefreshTokenAsync(token, 0);
    }

    /** The same, and not by what is older than a revocation, as {@link #checkAsync(String, long)}. */
    public CompletableFuture<TokenStatus> checkRefreshTokenAsync(String token, long minStamp) {
        return introspect(token, "&token_type_hint=refresh_token", minStamp);
    }

    /** For requests that this class has no method for. */
    public NodeAccess access() {
        return new NodeAccess(transport);
    }

    private CompletableFuture<TokenStatus> introspect(String token, String hint, long minStamp) {
        String text = JsonFields.unicode(Require.text(token, "token is required"));
        String form = "token=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + hint;
        HttpRequest.Builder request = RequestBody.form(form).by("POST");
        if (minStamp > 0) {
            request.header("Revoker-Min-Stamp", Long.toString(minStamp));
        }
        return transport.send(INTROSPECTION, request, TokenStatus::decode);
    }

    /** Fails the calls that wait for an answer, and all later ones, with an {@link IOException}. Does not wait. */
    @Override
    public void close() {
        transport.close();
    }
}
