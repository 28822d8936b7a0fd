package io.revoker.k8s;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The series that a PromQL expression asks for. An expression with {@code a|b} asks for each of them: otherwise a
 * misspelt word among others would go unnoticed.
 */
final class Selectors {
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*\"";
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern SELECTOR =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[^}\"]|" + QUOTED + ")*})?(?!\\s*\\()(?![a-zA-Z0-9_:])");
    private static final Pattern WORDS = Pattern.compile("=~(" + QUOTED + ")");
    private static final List<String> KEYWORDS = List.of("and", "or", "unless", "bool", "offset");

    private Selectors() {}

    static List<String> of(String expression) {
        String bare = GROUPING.matcher(expression).replaceAll("").replaceAll("\\[[^\\]]*]", "");
        return SELECTOR.matcher(bare)
                .results()
                .filter(found -> !KEYWORDS.contains(found.group(1)))
                .map(MatchResult::group)
                .flatMap(Selectors::each)
                .distinct()
                .toList();
    }

    private static Stream<String> each(String selector) {
        List<MatchResult> choices = WORDS.matcher(selector).results().toList();
        return choices.isEmpty()
                ? Stream.of(selector)
                : choices.stream()
                        .flatMap(choice -> Stream.of(unquoted(choice).split("\\|"))
                                .map(word -> selector.substring(0, choice.start(1))
                                        + '"'
                                        + word
                                        + '"'
                                        + selector.substring(choice.end(1))));
    }

    private static String unquoted(MatchResult choice) {
        return choice.group(1).substring(1, choice.group(1).length() - 1);
    }
}
