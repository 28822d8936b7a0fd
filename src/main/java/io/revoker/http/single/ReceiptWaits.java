package io.revoker.http.single;

import io.revoker.caller.Caller;
import io.revoker.config.Configuration;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.followers.AwaitReceipt;
import io.revoker.http.RouteContext;
import io.revoker.http.request.TimeText;
import io.revoker.receipts.Receipts;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters {@code wait_for=followers} and {@code timeout} of revocations: the answer comes once the followers
 * have applied the revocation, or the time is over, and says which of them have.
 *
 * @param context of the event loop
 * @param longest a longer time-out is cut
 */
public record ReceiptWaits(Receipts receipts, Context context, Duration longest) {
    private static final String WAIT_FOR = "wait_for";
    private static final String TIMEOUT = "timeout";
    private static final String FOLLOWERS = "followers";
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration USUAL = Duration.ofSeconds(2);

    /** The names of the parameters. */
    public static final List<String> PARAMETERS = List.of(WAIT_FOR, TIMEOUT);

    /** The sweep may have waited before. */
    public static ReceiptWaits of(Receipts receipts, RouteContext context, Configuration settings) {
        Duration left = settings.http().longestWait().minus(settings.sweep().patience());
        return new ReceiptWaits(
                receipts,
                context.vertx().getOrCreateContext(),
                Collections.max(List.of(SHORTEST, Collections.min(List.of(AwaitReceipt.LONGEST, left)))));
    }

    /**
     * Reads the parameters of a request, and takes a place to wait at. Fails with a {@link Problem} if there is none.
     *
     * @return empty if the answer is not to wait
     */
    public Optional<Wait> read(RoutingContext request, Map<String, String> parameters) {
        Optional<String> what = Optional.ofNullable(parameters.get(WAIT_FOR));
        Optional<String> timeout = Optional.ofNullable(parameters.get(TIMEOUT));
        if (what.filter(name -> !name.equals(FOLLOWERS)).isPresent()) {
            throw Problem.invalid(WAIT_FOR + ": unknown (expected: " + FOLLOWERS + ")");
        }
        if (what.isEmpty() && timeout.isPresent()) {
            throw Problem.invalid(
                    TIMEOUT + ": without " + WAIT_FOR + " (expected: " + WAIT_FOR + "=" + FOLLOWERS + ")");
        }
        Duration time = timeout.map(text -> TimeText.read(TIMEOUT, text)).orElse(USUAL);
        return what.map(name -> enter(request, time.compareTo(longest) < 0 ? time : longest));
    }

    private Wait enter(RoutingContext request, Duration time) {
        Receipts.Place place = receipts.enter(context);
        request.addEndHandler(end -> place.leave());
        return new Wait(place, time);
    }

    /** Of one request. */
    public record Wait(Receipts.Place place, Duration time) {

        /** What has become of a revocation at the followers, for that caller. */
        public Future<ToldReceipt> receipt(Stamp stamp, Target target, Caller caller) {
            return place.await(new AwaitReceipt(stamp, concerned(target, caller), time))
                    .map(receipt -> ToldReceipt.of(receipt, caller));
        }

        /** The realm of a registered token is not known here; it is one of the caller's. */
        private static RealmScope concerned(Target target, Caller caller) {
            return target instanceof Target.OneToken ? caller.realms() : RealmScope.of(target);
        }
    }
}
