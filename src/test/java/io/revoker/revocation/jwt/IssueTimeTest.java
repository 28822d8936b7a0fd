package io.revoker.revocation.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Stamp;
import io.revoker.domain.store.Cover;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssueTimeTest {
    private static final long SECOND = 1_795_363_200L;

    /** The mark is 500 ms after the full second. */
    @ParameterizedTest
    @CsvSource({
        "-1000, true, true",
        "-1, true, true",
        "0, true, false",
        "1, true, false",
        "499, true, false",
        "500, true, false",
        "501, false, false",
        "999, false, false",
        "1000, false, false"
    })
    void comparesFractionsExactlyAndWholeSecondsAsSeconds(long millis, boolean mayPrecede, boolean earlierSecond) {
        IssueTime issued = new IssueTime(Instant.ofEpochSecond(SECOND).plusMillis(millis));
        Stamp mark = new Stamp(SECOND * 1_000_000 + 500_000);

        assertThat(issued.mayPrecede(new Cover(mark, Stamp.NONE))).isEqualTo(mayPrecede);
        assertThat(issued.precedes(new Cover(mark, Stamp.NONE))).isEqualTo(earlierSecond);
        assertThat(new IssueTime(Instant.ofEpochSecond(mark.nextSecond())).mayPrecede(new Cover(mark, Stamp.NONE)))
                .isFalse();
    }

    /** The second of the instant is not before it; one with a fraction may have begun before. */
    @ParameterizedTest
    @CsvSource({"-1000, true", "-1, true", "0, true", "499, true", "500, false", "1000, false"})
    void isBeforeAnInstantIfItMayHaveBeenIssuedBefore(long millis, boolean before) {
        IssueTime issued = new IssueTime(Instant.ofEpochSecond(SECOND).plusMillis(millis));
        Cover half = new Cover(Stamp.NONE, new Stamp(SECOND * 1_000_000 + 500_000));
        Cover whole = new Cover(Stamp.NONE, new Stamp(SECOND * 1_000_000));

        assertThat(issued.mayPrecede(half)).isEqualTo(before);
        assertThat(issued.precedes(half)).isEqualTo(before);
        assertThat(issued.mayPrecede(whole)).isEqualTo(millis < 0);
    }

    @Test
    void isBeforeNoMarkIfThereIsNone() {
        IssueTime first = new IssueTime(Instant.EPOCH);

        assertThat(first.mayPrecede(Cover.NONE)).isFalse();
        assertThat(first.precedes(Cover.NONE)).isFalse();
    }
}
