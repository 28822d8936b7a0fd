package io.revoker.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table("ID", "USER", "SCOPE");

    @Test
    void isAsWideAsItMustBe() {
        table.add("1", "joanna", "-");
        table.add("22", "joe", "read write");

        assertThat(table.takeLines())
                .containsExactly(
                        "ID  USER    SCOPE", //
                        "1   joanna  -",
                        "22  joe     read write");
    }

    @Test
    void hasItsHeadsOnceHoweverManyPartsItHas() {
        table.add("1", "joanna", "-");
        table.takeLines();
        table.add("2", "al", "-");

        assertThat(table.takeLines()).containsExactly("2   al      -");
        assertThat(table.takeLines()).isEmpty();
    }

    @Test
    void widensAColumnThatALaterPartNeedsWiderAndLeavesItSo() {
        table.add("1", "joe", "-");
        assertThat(table.takeLines()).containsExactly("ID  USER  SCOPE", "1   joe   -");
        table.add("2", "joanna", "-");
        assertThat(table.takeLines()).containsExactly("2   joanna  -");
        table.add("3", "al", "-");

        assertThat(table.takeLines()).containsExactly("3   al      -");
    }

    @Test
    void hasOnlyItsHeadsWithoutRows() {
        assertThat(table.takeLines()).containsExactly("ID  USER  SCOPE");
    }
}
