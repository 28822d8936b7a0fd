package io.revoker.redis.tokens;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Cover;
import io.revoker.domain.store.KnownMarks;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.domain.store.Traits;
import io.revoker.feed.MarkView;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The feed, which has a thread of its own, reads a mark between any two questions of a registration. */
class MarkReadMeanwhileTest {
    private static final UserInRealm JOE = holder("corp", "joe");

    private final String prefix = Backend.newPrefix();
    private final String url = RedisServers.embedded().url();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void refusesWhatWasIssuedBeforeIt(int questions) {
        Backend.Opened direct = Backend.open(Tuning.DEFAULT, url, prefix);
        Target early = new Target.IssuedBefore(
                new Target.OfUserInRealm(JOE), Grants.now().minusSeconds(60));
        Stamp stamp = get(direct.ports().append(early));
        Grant old = Grants.earlier(Duration.ofHours(1), Grants.pair(JOE));
        Backend.Opened reading =
                Backend.open(Tuning.DEFAULT, url, prefix, new Reading(new Revocation(stamp, early), questions));

        Outcome outcome = get(reading.ports().register(old)).outcome();

        assertThat(outcome).isEqualTo(Outcome.INVALIDATED);
        reading.close().run();
        direct.close().run();
    }

    /** What is known of the marks by one who has read a revocation before that question, and no other one. */
    private static final class Reading implements KnownMarks {
        private final MarkView view = new MarkView();
        private final Revocation revocation;
        private int left;

        private Reading(Revocation revocation, int questions) {
            this.revocation = revocation;
            this.left = questions;
        }

        private MarkView asked() {
            if (left == 0) {
                view.learn(revocation);
            }
            left--;
            return view;
        }

        @Override
        public Stamp newestMark() {
            return asked().newestMark();
        }

        @Override
        public boolean hasAllUpTo(Stamp last) {
            return !last.isAfter(asked().newestMark());
        }

        @Override
        public Cover coverOf(Traits token) {
            return asked().coverOf(token);
        }

        @Override
        public Optional<Instant> lockedUntil(Traits tokens) {
            return asked().lockedUntil(tokens);
        }
    }
}
