package io.revoker.feed;

import static io.revoker.testing.Grants.holder;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarkViewTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final int MANY = 25_000;

    private final MarkView view = new MarkView();

    @Test
    void forgetsMarksThatAreTooOldWhateverTheyAreOf() {
        view.apply(new Revocation(new Stamp(1), new Target.OfRealm(JOE.realm())));
        view.apply(new Revocation(new Stamp(2), new Target.OfUser(JOE.user())));
        view.apply(new Revocation(new Stamp(3), new Target.OfUserInRealm(JOE)));

        view.forgetSome(new Stamp(3));

        assertThat(view.newestFor(JOE)).isEqualTo(new Stamp(3));
        assertThat(view.newestFor(holder("corp", "eve"))).isEqualTo(Stamp.NONE);
        assertThat(view.newestFor(holder("home", "joe"))).isEqualTo(Stamp.NONE);
        view.forgetSome(new Stamp(4));
        assertThat(view.newestFor(JOE)).isEqualTo(Stamp.NONE);
    }

    @Test
    void keepsAMarkThatWasRaisedAgain() {
        view.apply(new Revocation(new Stamp(1), new Target.OfUser(JOE.user())));
        view.apply(new Revocation(new Stamp(9), new Target.OfUser(JOE.user())));

        view.forgetSome(new Stamp(9));

        assertThat(view.newestFor(JOE)).isEqualTo(new Stamp(9));
    }

    @Test
    void looksAtABoundedNumberOfMarksEachTimeAndAtAllOfThemInTheEnd() {
        IntStream.range(0, MANY).forEach(i -> view.apply(new Revocation(new Stamp(1), user(i))));

        view.forgetSome(new Stamp(2));
        assertThat(known()).isEqualTo(MANY - 1000);
        IntStream.range(1, MANY / 1000).forEach(i -> view.forgetSome(new Stamp(2)));

        assertThat(known()).isZero();
    }

    private long known() {
        return IntStream.range(0, MANY)
                .filter(i -> !view.newestFor(holder("corp", "user " + i)).equals(Stamp.NONE))
                .count();
    }

    private static Target user(int i) {
        return new Target.OfUser(holder("corp", "user " + i).user());
    }
}
