package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    private static final List<String> KNOWN = List.of("pretty", "petty", "human", "prettz");

    @Test
    void putTheNearestFirstAndEqualsByName() {
        assertThat(Suggestions.near("pretti", KNOWN)).containsExactly("pretty", "prettz", "petty");
    }

    @Test
    void leaveOutWhatIsHalfDifferent() {
        assertThat(Suggestions.near("hum", List.of("human", "humane"))).containsExactly("human");
        assertThat(Suggestions.near("", KNOWN)).isEmpty();
    }

    @Test
    void askForOneOrForAnyOfThem() {
        assertThat(Suggestions.text(List.of("a"))).isEqualTo("[a]?");
        assertThat(Suggestions.text(List.of("a", "b"))).isEqualTo("any of [a, b]?");
    }
}
