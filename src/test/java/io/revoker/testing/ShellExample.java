package io.revoker.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A curl line, or a printf into one, done without a shell: the words, the options that the manual uses, and nothing else.
 *
 * @param input of the command, one line for each argument of printf
 */
public record ShellExample(List<String> words, String input) {
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"]+)+");
    private static final Pattern PART = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^'\"]+)");
    private static final String BASE = "http://127.0.0.1:8080";

    public static ShellExample parse(String text) {
        List<String> words = words(text.replace("\\\n", " "));
        int pipe = words.indexOf("|");
        if (pipe < 0) {
            return new ShellExample(words, "");
        }
        String input = String.join("\n", words.subList(2, pipe)) + "\n";
        return new ShellExample(words.subList(pipe + 1, words.size()), input);
    }

    /** The body of the answer, or its status where the line asks for that. */
    public String run(RunningService service) {
        String method = "GET";
        String path = "/";
        String body = "";
        String type = "application/x-www-form-urlencoded";
        String authorization = "";
        boolean statusOnly = false;
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "-s" -> {}
                case "-X" -> method = words.get(++i);
                case "-o" -> i++;
                case "-w" -> {
                    i++;
                    statusOnly = true;
                }
                case "-d", "--data-binary" -> {
                    String data = words.get(++i);
                    body = data.equals("@-") ? input : data;
                    method = method.equals("GET") ? "POST" : method;
                }
                case "-H" -> {
                    String[] header = words.get(++i).split(": ", 2);
                    if (header[0].equals("Content-Type")) {
                        type = header[1];
                    } else {
                        authorization = header[1];
                    }
                }
                default -> path = word.substring(BASE.length());
            }
        }
        Call call = service.call(method, path);
        if (!body.isEmpty()) {
            call = call.header("Content-Type", type).body(body);
        }
        if (!authorization.isEmpty()) {
            call = call.header("Authorization", authorization);
        }
        Reply reply = call.send();
        return statusOnly ? Integer.toString(reply.status()) : reply.body();
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(line); word.find(); ) {
            words.add(PART.matcher(word.group()).replaceAll(part -> Matcher.quoteReplacement(unquoted(part))));
        }
        return words;
    }

    private static String unquoted(MatchResult part) {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(part::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }
}
