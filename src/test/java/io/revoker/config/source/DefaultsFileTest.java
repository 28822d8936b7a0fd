package io.revoker.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.config.Configuration;
import io.revoker.config.values.ConfigText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefaultsFileTest {
    private final Schema schema = new Schema(Configuration.class);

    @Test
    void hasEverySettingAndNoOther() {
        SettingsLayer defaults = YamlSource.defaults(schema);

        assertThat(defaults.settings().keySet()).containsExactlyElementsOf(schema.settings());
        assertThat(defaults.problems()).isEmpty();
    }

    @Test
    void explainsEverySetting() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("conf/revoker.yaml"));

        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).matches("\\s*[a-z-]+: .+")) {
                assertThat(lines.get(i - 1).strip()).as(lines.get(i)).startsWith("# ");
            }
        }
    }

    @Test
    void marksWhatIsTakenOverWhileTheServiceRuns() throws IOException {
        Pattern marked = Pattern.compile("# .*\\[live]\\n +([a-z-]+):");
        assertThat(marked.matcher(Files.readString(Path.of("conf/revoker.yaml")))
                        .results()
                        .map(line -> line.group(1)))
                .containsExactlyElementsOf(live(Configuration.class).toList());
    }

    /** The names of the settings that are marked in the records, in the order of the tree. */
    private static Stream<String> live(Class<?> section) {
        return Stream.of(section.getRecordComponents())
                .flatMap(component -> Schema.isSection(component)
                        ? live(component.getType())
                        : Stream.of(component)
                                .filter(Schema::isReloadable)
                                .map(live -> ConfigText.kebab(live.getName())));
    }

    @Test
    void isWhatTheClassPathHas() throws IOException {
        try (var packaged = DefaultsFileTest.class.getResourceAsStream("/revoker.yaml")) {
            assertThat(packaged.readAllBytes()).isEqualTo(Files.readAllBytes(Path.of("conf/revoker.yaml")));
        }
    }

    @Test
    void everySettingHasAVariableOfItsOwn() {
        assertThat(Stream.concat(
                        schema.settings().stream().map(EnvironmentSource::name),
                        schema.secrets().stream().map(EnvironmentSource::nameOfFile)))
                .doesNotHaveDuplicates()
                .contains("REVOKER_HTTP_PORT", "REVOKER_REDIS_CALL_TIMEOUT", "REVOKER_HTTP_TLS_KEY")
                .contains("REVOKER_REDIS_URL_FILE", "REVOKER_REDIS_PASSWORD_FILE")
                .noneMatch(name -> name.matches("REVOKER_(CONFIG|PORT|PORT_.*|SERVICE_.*)"));
    }
}
