package io.revoker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * The answer to a stream of lines that was done to its end, or says why not.
 *
 * @param results one for each line
 * @param summary the last line
 */
public record StreamAnswer(List<String> results, String summary) {
    public static StreamAnswer of(String body) {
        List<String> lines = body.lines().toList();
        assertThat(lines).isNotEmpty().last().asString().startsWith("{\"summary\":{\"complete\":");
        List<String> results = lines.subList(0, lines.size() - 1);
        assertThat(results).noneMatch(line -> line.contains("\"summary\":"));
        return new StreamAnswer(results, lines.get(lines.size() - 1));
    }
}
