package io.revoker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.faults.Event.Checked;
import io.revoker.faults.Event.Checked.Said;
import io.revoker.faults.Event.Registered;
import io.revoker.faults.Event.Revoked;
import io.revoker.faults.Event.Span;
import io.revoker.faults.Issued.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the checker finds each broken promise in a history, and none in one that only looks odd. Times are in milliseconds. */
class PromisesTest {
    private static final Issued TOKEN = new Issued("t", Kind.ACCESS, "corp", "joe", History.LONG_LIFE);
    private static final Target REALM = new Target.Realm("corp");

    private final History history = new History();
    private final Losses losses = new Losses();

    @Test
    void findsATokenThatLivesAfterItsRevocation() {
        register(0, 1, 201);
        revoke(2, 3, 200, 1);
        check(4, 5, Said.ACTIVE);

        assertThat(violations()).singleElement().asString().startsWith("promise 1");
    }

    @Test
    void findsATokenThatComesBackToLife() {
        register(0, 1, 201);
        revoke(2, 3, 200, 1);
        check(4, 5, Said.INACTIVE);
        register(6, 7, 200);
        check(8, 9, Said.ACTIVE);

        assertThat(violations()).singleElement().asString().startsWith("promise 1");
    }

    @Test
    void findsATokenThatIsBornDead() {
        revoke(0, 1, 200, 0);
        register(2, 3, 201);
        check(4, 5, Said.INACTIVE);
        revoke(6, 7, 200, 1);

        assertThat(violations()).singleElement().asString().startsWith("promise 2");
    }

    @Test
    void findsARegistrationThatIsRefusedForNothing() {
        revoke(0, 1, 200, 0);
        register(2, 3, 409);

        assertThat(violations()).singleElement().asString().startsWith("promise 2: refused");
    }

    @Test
    void findsATokenThatWasNotCounted() {
        register(0, 1, 201);
        revoke(2, 3, 200, 0);

        assertThat(violations()).singleElement().asString().contains("0 to 0 tokens were counted (expected: 1 to 1)");
    }

    @Test
    void findsATokenThatWasCountedTwice() {
        register(0, 1, 201);
        revoke(2, 3, 200, 1);
        revoke(4, 5, 200, 1);

        assertThat(violations()).singleElement().asString().contains("2 to 2 tokens were counted (expected: 1 to 1)");
    }

    @Test
    void findsATokenThatIsNotFound() {
        register(0, 1, 201);
        history.add(new Revoked(0, span(2, 3), new Target.One(TOKEN), 404, 0, 0));
        revoke(4, 5, 200, 1);

        assertThat(violations()).singleElement().asString().contains("not found, and registered");
    }

    @Test
    void findsAnAnswerWithoutKnowledge() {
        check(0, 1, Said.ACTIVE);

        assertThat(violations()).singleElement().asString().startsWith("promise 4");
    }

    @Test
    void findsTokensThatCouldNotBeCounted() {
        register(0, 1, 201);
        history.add(new Revoked(0, span(2, 3), REALM, 200, 1, 1));

        assertThat(violations()).singleElement().asString().contains("could not be counted");
    }

    @Test
    void demandsNoOrderOfCallsThatOverlap() {
        register(0, 4, 201);
        revoke(1, 3, 200, 0);
        check(5, 6, Said.ACTIVE);
        revoke(7, 10, 200, 1);
        check(8, 9, Said.ACTIVE);
        check(8, 9, Said.INACTIVE);

        assertThat(violations()).isEmpty();
    }

    @Test
    void doesNotCallARevocationAcknowledgedThatWasAnsweredByAnError() {
        register(0, 1, 201);
        revoke(2, 3, 503, 0);
        check(4, 5, Said.ACTIVE);
        check(6, 7, Said.INACTIVE);
        revoke(8, 9, 200, 0);

        assertThat(violations()).isEmpty();
    }

    @Test
    void asksNothingOfATokenWhoseRegistrationWasNotAcknowledged() {
        register(0, 1, Event.NONE);
        check(2, 3, Said.INACTIVE);
        revoke(4, 5, 200, 0);
        check(6, 7, Said.ACTIVE);

        assertThat(violations()).isEmpty();
    }

    @Test
    void asksNothingOfAnExpiredToken() {
        Issued brief = new Issued("brief", Kind.ACCESS, "corp", "joe", Duration.ofSeconds(2));
        history.add(new Registered(0, span(0, 1), List.of(brief), 201));
        history.add(new Checked(0, span(2000, 2001), "brief", Said.INACTIVE, 401));
        revoke(3000, 3001, 200, 0);

        assertThat(violations()).isEmpty();
    }

    @Test
    void asksNothingOfARegistrationThatAFailOverMayLose() {
        register(0, 1, 201);
        losses.registrationsMayBeGone(0, span(2, 3).begin(), span(2, 3).end());
        check(4, 5, Said.INACTIVE);

        assertThat(violations()).isEmpty();
    }

    @Test
    void letsATokenThatRedisForgotBeBornAgain() {
        register(0, 1, 201);
        revoke(2, 3, 200, 1);
        losses.everythingMayBeGone(span(4, 5).begin(), span(4, 5).end());
        register(6, 7, 201);
        check(8, 9, Said.ACTIVE);
        revoke(10, 11, 200, 1);

        assertThat(violations()).isEmpty();
    }

    @Test
    void letsNoTokenBeBornAgainThatWasThereBeforeWhatRedisForgot() {
        register(0, 1, 201);
        losses.wentBack(span(2, 7).begin(), span(6, 7).begin(), span(6, 7).end());
        revoke(3, 4, 200, 1);
        register(8, 9, 200);
        check(10, 11, Said.ACTIVE);

        assertThat(violations()).singleElement().asString().startsWith("promise 1");
    }

    @Test
    void findsATokenThatIsGoneThoughItWasRegisteredAfterTheLoss() {
        losses.everythingMayBeGone(span(0, 1).begin(), span(0, 1).end());
        register(2, 3, 201);
        check(4, 5, Said.INACTIVE);
        revoke(6, 7, 200, 1);

        assertThat(violations()).singleElement().asString().startsWith("promise 2");
    }

    @Test
    void letsBeCountedAgainWhatCameBack() {
        register(0, 1, 201);
        losses.wentBack(span(2, 7).begin(), span(6, 7).begin(), span(6, 7).end());
        revoke(3, 4, 200, 1);
        revoke(8, 9, 200, 1);
        assertThat(violations()).isEmpty();

        revoke(10, 11, 200, 1);
        assertThat(violations()).singleElement().asString().contains("3 to 3 tokens were counted (expected: 1 to 2)");
    }

    @Test
    void letsAnotherInstanceNotHaveHeardOfARevocationThatWasForgottenAtOnce() {
        register(0, 1, 201);
        losses.wentBack(span(2, 7).begin(), span(6, 7).begin(), span(6, 7).end());
        revoke(3, 4, 200, 1);
        checkElsewhere(8, 9, Said.ACTIVE);
        assertThat(violations()).isEmpty();

        checkElsewhere(6000, 6001, Said.ACTIVE);
        assertThat(violations()).singleElement().asString().startsWith("promise 1");
    }

    @Test
    void letsAnotherInstanceReadTheMarkOfATokenThatRedisForgotInTheIndex() {
        losses.everythingMayBeGone(span(2, 7).begin(), span(2, 7).end());
        register(4, 5, 201);
        revoke(4008, 4009, 200, 1);
        checkElsewhere(4010, 4011, Said.ACTIVE);
        assertThat(violations()).isEmpty();

        checkElsewhere(5010, 5011, Said.ACTIVE);
        assertThat(violations()).singleElement().asString().startsWith("promise 1");
    }

    @Test
    void letsNoInstanceCallGoodWhatItHasRevokedItselfThoughRedisForgotTheIndex() {
        losses.everythingMayBeGone(span(2, 7).begin(), span(2, 7).end());
        register(4, 5, 201);
        revoke(4008, 4009, 200, 1);
        check(4010, 4011, Said.ACTIVE);

        assertThat(violations()).singleElement().asString().startsWith("promise 1");
    }

    @Test
    void letsNobodyBeLateWithATokenThatWasRegisteredAfterTheLoss() {
        losses.everythingMayBeGone(span(2, 7).begin(), span(2, 7).end());
        register(8, 9, 201);
        revoke(4010, 4011, 200, 1);
        checkElsewhere(4012, 4013, Said.ACTIVE);

        assertThat(violations()).singleElement().asString().startsWith("promise 1");
    }

    @Test
    void letsNoInstanceForgetWhatItHadTimeToRead() {
        register(0, 1, 201);
        losses.wentBack(
                span(2, 2000).begin(),
                span(1990, 2000).begin(),
                span(1990, 2000).end());
        revoke(3, 4, 200, 1);
        checkElsewhere(2001, 2002, Said.ACTIVE);

        assertThat(violations()).singleElement().asString().startsWith("promise 1");
    }

    private List<String> violations() {
        return new Promises(history, losses).violations();
    }

    private void register(long begin, long end, int status) {
        history.add(new Registered(0, span(begin, end), List.of(TOKEN), status));
    }

    private void revoke(long begin, long end, int status, long invalidated) {
        history.add(new Revoked(0, span(begin, end), REALM, status, invalidated, 0));
    }

    private void check(long begin, long end, Said said) {
        check(0, span(begin, end), said);
    }

    private void checkElsewhere(long begin, long end, Said said) {
        check(1, span(begin, end), said);
    }

    private void check(int instance, Span span, Said said) {
        history.add(new Checked(instance, span, TOKEN.text(), said, said == Said.ACTIVE ? 200 : 401));
    }

    private static Span span(long begin, long end) {
        return new Span(
                Duration.ofMillis(begin).toNanos(), Duration.ofMillis(end).toNanos());
    }
}
