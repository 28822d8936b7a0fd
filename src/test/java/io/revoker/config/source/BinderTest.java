package io.revoker.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.revoker.config.source.SettingsLayer.Given;
import io.revoker.config.values.SettingsProblem.Detail;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BinderTest {
    private static final Map<String, Given> DEFAULTS = Map.of("size", new Given("1", "the default"));

    record Long64(long size) {}

    record Unknown(Object size) {}

    @Test
    void takesNumbersBeyondAnInt() {
        Binder binder = new Binder(Map.of("size", new Given("9000000000", "a test")), DEFAULTS);

        assertThat(binder.bind(Long64.class)).isEqualTo(new Long64(9_000_000_000L));
        assertThat(binder.problems()).isEmpty();
    }

    @Test
    void putsTheDefaultInPlaceOfAWrongValue() {
        Binder binder = new Binder(Map.of("size", new Given("big", "a test")), DEFAULTS);

        assertThat(binder.bind(Long64.class)).isEqualTo(new Long64(1));
        assertThat(binder.problems()).containsExactly(new Detail("size", "big", "a whole number; from a test"));
    }

    @Test
    void refusesDefaultsThatAreWrong() {
        Map<String, Given> wrong = Map.of("size", new Given("big", "the default"));

        assertThatIllegalStateException().isThrownBy(() -> new Binder(wrong, wrong).bind(Long64.class));
    }

    @Test
    void refusesASettingWithoutADefault() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Binder(Map.of(), DEFAULTS).bind(Long64.class))
                .withMessage("size: absent (expected: a default)");
    }

    @Test
    void refusesATypeThatNoTextBecomes() {
        assertThatIllegalStateException().isThrownBy(() -> new Binder(DEFAULTS, DEFAULTS).bind(Unknown.class));
    }
}
