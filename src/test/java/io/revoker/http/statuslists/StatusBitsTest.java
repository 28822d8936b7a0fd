package io.revoker.http.statuslists;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The example of the draft (section 4.1). */
class StatusBitsTest {
    private static final int[] STATUSES = {1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1};

    private final StatusBits bits = new StatusBits(STATUSES.length);

    @Test
    void arePackedFromTheLeastSignificantOneOn() {
        set();

        assertThat(bits.copy()).isEqualTo(hex("b9a3"));
        assertThat(IntStream.range(0, STATUSES.length).map(i -> bits.isSet(i) ? 1 : 0))
                .containsExactly(IntStream.of(STATUSES).boxed().toArray(Integer[]::new));
    }

    @Test
    void areDeflatedInTheFormatOfZlib() {
        set();

        assertThat(StatusBits.deflated(bits.copy())).isEqualTo(hex("78dadbb918000217015d"));
        assertThat(StatusBits.compressed(bits.copy())).isEqualTo("eNrbuRgAAhcBXQ");
    }

    private void set() {
        IntStream.range(0, STATUSES.length).filter(i -> STATUSES[i] == 1).forEach(bits::set);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
