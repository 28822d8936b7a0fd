package io.revoker.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The fenced blocks of a Markdown file. */
public final class MarkdownBlocks {
    private static final String FENCE = "```";

    private MarkdownBlocks() {}

    /**
     * A fenced block.
     *
     * @param place the file and the line where it begins
     */
    public record Block(String language, String text, String place) {
        public boolean isShell() {
            return language.equals("sh");
        }

        public boolean isJava() {
            return language.equals("java");
        }
    }

    static List<Block> of(Path file) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = Manual.text(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int end = i + 1;
                while (!lines.get(end).equals(FENCE)) {
                    end++;
                }
                String text = String.join("\n", lines.subList(i + 1, end));
                blocks.add(new Block(lines.get(i).substring(FENCE.length()), text, file + ":" + (i + 1)));
                i = end;
            }
        }
        return blocks;
    }
}
