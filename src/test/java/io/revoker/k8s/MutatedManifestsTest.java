package io.revoker.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.NeedsTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Each rule can be broken, and says so: a check that can't fail checks nothing. */
@NeedsTools
class MutatedManifestsTest {
    private static final String TABLE = "/io/revoker/k8s/mutations.txt";

    @ParameterizedTest
    @CsvFileSource(resources = TABLE, delimiter = '|', quoteCharacter = '`', numLinesToSkip = 1)
    void isFound(String rule, String overlay, String manifest, String pointer, String value) {
        Manifests manifests = Overlays.render(overlay);
        assertThat(Rule.named(rule).faults(manifests)).isEmpty();

        Manifests mutated = new Mutation(manifest, pointer, value).applyTo(manifests);

        assertThat(Rule.named(rule).faults(mutated)).isNotEmpty();
    }

    @Test
    void everyRuleIsBrokenByOne() throws Exception {
        Path table = Path.of(MutatedManifestsTest.class.getResource(TABLE).toURI());
        Set<String> broken = Files.readAllLines(table).stream()
                .skip(1)
                .map(line -> line.split("\\|", 2)[0].strip())
                .collect(Collectors.toSet());

        assertThat(Rule.all().map(Rule::name)).doesNotHaveDuplicates().isSubsetOf(broken);
    }
}
