/**
 * The check: one token of a gateway's request, or many at once.
 *
 * <p>One check, in the order in which it runs:
 *
 * <ol>
 *   <li>{@link io.revoker.http.server.HttpVerticle} listens; {@link io.revoker.http.server.RequestGuard} and
 *       {@link io.revoker.http.server.DirectDispatch} hand the request over without the router.
 *   <li>{@link io.revoker.http.check.CheckRoute} has {@link io.revoker.http.check.GatewayCheck} ask
 *       {@link io.revoker.http.Gate} who calls (403), take a place among the requests in flight (503 if there is none),
 *       and read the token from the header ({@link io.revoker.http.check.PresentedToken}). A gateway that names a stamp
 *       is answered once this instance has read the log up to it ({@link io.revoker.http.single.MinStamp}). What is
 *       done when it returns is followed at once: a check that is answered from memory waits for no future.
 *   <li>{@link io.revoker.http.single.TokenChecks} has the signature and the claims verified if the token is a JWT of a
 *       trusted issuer ({@link io.revoker.jwt.RealmVerifier}).
 *   <li>{@link io.revoker.bus.RevokerBus} answers from memory if this instance may and can
 *       ({@link io.revoker.bus.NearChecks}, {@link io.revoker.near.NearCache}). Otherwise it sends the checks of one
 *       turn of the event loop as one message ({@link io.revoker.bus.CheckBatcher}), and
 *       {@link io.revoker.bus.BusEndpoint} takes them apart again ({@link io.revoker.bus.CheckFanOut});
 *       {@link io.revoker.revocation.RevocationVerticle} has registered there:
 *   <li>{@link io.revoker.revocation.Checks}, which decides. It reads the token from
 *       {@link io.revoker.redis.tokens.RedisTokenStore}: the immutable record, which says which grant it belongs to
 *       (from a cache or Redis), and the state of that grant, together with the stamp of the last sweep of its bundle,
 *       which is the hash that holds some of the user's grants ({@code GrantState}). The token is invalidated if its
 *       flag is gone, or if that sweep is newer than the token's birth, the newest stamp when it was registered; then
 *       also if a mark is newer than the birth ({@link io.revoker.feed.MarkView}), because its sweep may still be on
 *       its way; none is looked up for a token that was born after all marks. For a verified JWT, {@link
 * io.revoker.revocation.jwt.JwtChecks} decides: by the time at which it was issued, the marks and locks that cover it,
 * and its registration if it has one.
 *   <li>{@link io.revoker.http.check.CheckRoute} answers: 200 with facts of the token, or 401 with a
 *       {@link io.revoker.http.check.Challenge}.
 * </ol>
 *
 * <p>Over gRPC, {@link io.revoker.http.check.AuthorizationMethod} is in the place of the route.
 *
 * <p>Many at once: {@link io.revoker.http.check.BatchCheckRoutes}, in slices (
 * {@link io.revoker.http.check.SlicedChecks}).
 */
@NullMarked
package io.revoker.http.check;

import org.jspecify.annotations.NullMarked;
