package io.revoker.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.audit.chain.ChainCheck.Finding;
import io.revoker.audit.chain.ChainCheck.Kind;
import io.revoker.domain.audit.AuditRequests.Chain;
import io.revoker.domain.audit.AuditRequests.Link;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainCheckTest {
    private final List<String> lines = new ArrayList<>();
    private final List<Link> links = new ArrayList<>(List.of(Link.NONE));

    ChainCheckTest() {
        for (int i = 1; i <= 6; i++) {
            add("\"username\":\"größe " + i + " \\u0001\\\\\"");
        }
    }

    @Test
    void findsNothingInWhatWasWritten() {
        assertThat(findings()).isEmpty();
    }

    @Test
    void namesALineThatIsMissing() {
        lines.remove(2);

        assertThat(findings()).containsExactly(new Finding(Kind.MISSING, "c", 3, 3));
    }

    @Test
    void namesTheFirstLinesIfNothingHasRemovedThem() {
        lines.remove(0);
        lines.remove(0);

        assertThat(findings()).containsExactly(new Finding(Kind.MISSING, "c", 1, 2));
        assertThat(findings(Link.NONE, links.get(2))).isEmpty();
        assertThat(findings(links.get(2), links.get(2))).isEmpty();
    }

    @Test
    void namesALineThatWasAltered() {
        lines.set(2, lines.get(2).replace("größe", "groesse"));

        assertThat(findings()).containsExactly(new Finding(Kind.ALTERED, "c", 3, 3));
    }

    @Test
    void namesALineThatWasReplacedByOneWithAHashThatFits() {
        lines.set(
                2,
                ChainedLine.write("c", links.get(2), "\"username\":\"mallory\"").line());

        assertThat(findings()).containsExactly(new Finding(Kind.ALTERED, "c", 3, 3));
    }

    @Test
    void namesTheLastLineThatWasReplaced() {
        lines.set(
                5,
                ChainedLine.write("c", links.get(5), "\"username\":\"mallory\"").line());

        assertThat(findings()).containsExactly(new Finding(Kind.ALTERED, "c", 6, 6));
    }

    @Test
    void namesALineThatWasMoved() {
        lines.add(4, lines.remove(1));

        assertThat(findings()).containsExactly(new Finding(Kind.MOVED, "c", 2, 2));
    }

    @Test
    void namesALineThatIsThereTwice() {
        lines.add(lines.get(1));

        assertThat(findings()).containsExactly(new Finding(Kind.MOVED, "c", 2, 2));
    }

    @Test
    void namesTheLinesThatWereCutOff() {
        lines.remove(5);
        lines.remove(4);

        assertThat(findings()).containsExactly(new Finding(Kind.CUT_OFF, "c", 5, 6));
    }

    @Test
    void namesAChainOfWhichNothingIsLeft() {
        lines.clear();

        assertThat(findings()).containsExactly(new Finding(Kind.CUT_OFF, "c", 1, 6));
        assertThat(findings(links.get(6), links.get(6))).isEmpty();
    }

    @Test
    void namesALineThatIsNoneAnyMore() {
        lines.set(0, "{");

        assertThat(findings())
                .containsExactlyInAnyOrder(new Finding(Kind.ALTERED, "", 1, 1), new Finding(Kind.MISSING, "c", 1, 1));
    }

    @Test
    void namesAChainThatNobodyHasBegun() {
        lines.add(ChainedLine.write("other", Link.NONE, "\"a\":1").line());

        assertThat(findings()).containsExactly(new Finding(Kind.UNRECORDED, "other", 1, 1));
    }

    /** The retention has come by while the lines were read: the last of them was removed before it was come to. */
    @Test
    void doesNotMissWhatTheRetentionHasRemovedMeanwhile() {
        lines.subList(3, 6).clear();

        assertThat(findings(Link.NONE, links.get(6))).isEmpty();
        assertThat(findings(Link.NONE, links.get(5))).containsExactly(new Finding(Kind.CUT_OFF, "c", 6, 6));
    }

    @Test
    void doesNotMissAChainThatIsRemovedAsAWholeMeanwhile() {
        lines.subList(3, 6).clear();
        ChainCheck check = ChainCheck.ofAll(List.of(chain(Link.NONE)));
        lines.forEach(check::add);

        assertThat(check.findings(List.of())).isEmpty();
    }

    @Test
    void namesEntriesThatAreThereThoughLaterOnesAreSaidToBeRemoved() {
        lines.subList(3, 5).clear();

        assertThat(findings(links.get(5), links.get(5)))
                .containsExactly(
                        new Finding(Kind.MOVED, "c", 1, 1),
                        new Finding(Kind.MOVED, "c", 2, 2),
                        new Finding(Kind.MOVED, "c", 3, 3));
    }

    @Test
    void namesWhatIsAnotherEntryThanTheOneThatIsKnown() {
        assertThat(expecting(new Link(3, links.get(3).hash()))).isEmpty();
        assertThat(expecting(new Link(3, "other"))).containsExactly(new Finding(Kind.ALTERED, "c", 3, 3));
    }

    @Test
    void namesWhatIsKnownAndBehindTheRecordedEnd() {
        assertThat(expecting(new Link(8, "later"))).containsExactly(new Finding(Kind.CUT_OFF, "c", 7, 8));
    }

    private List<Finding> expecting(Link link) {
        ChainCheck check = ChainCheck.ofAll(List.of(chain(Link.NONE)));
        check.expect("c", link);
        lines.forEach(check::add);
        return check.findings(List.of(chain(Link.NONE)));
    }

    @Test
    void followsSeveralChainsAtOnce() {
        lines.add(3, ChainedLine.write("other", Link.NONE, "\"a\":1").line());
        ChainCheck check = ChainCheck.ofPart();
        lines.forEach(check::add);

        assertThat(check.findings(List.of())).isEmpty();
        assertThat(check.chains()).isEqualTo(2);
    }

    @Test
    void takesAPartOfAChainThatBeginsAndEndsAnywhere() {
        ChainCheck check = ChainCheck.ofPart();
        lines.subList(2, 4).forEach(check::add);

        assertThat(check.findings(List.of())).isEmpty();
        assertThat(check.lines()).isEqualTo(2);
    }

    private void add(String members) {
        ChainedLine.Written next = ChainedLine.write("c", links.get(links.size() - 1), members);
        lines.add(next.line());
        links.add(next.link());
    }

    private List<Finding> findings() {
        return findings(Link.NONE, Link.NONE);
    }

    /**
     * What is found.
     *
     * @param before what the retention had removed when reading began
     * @param after the same when it ended
     */
    private List<Finding> findings(Link before, Link after) {
        ChainCheck check = ChainCheck.ofAll(List.of(chain(before)));
        lines.forEach(check::add);
        return check.findings(List.of(chain(after)));
    }

    private Chain chain(Link removed) {
        return new Chain("c", links.get(6), removed, Instant.EPOCH, Optional.empty());
    }
}
