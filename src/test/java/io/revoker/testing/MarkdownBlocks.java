package io.revoker.testing;

import java.io.IOException;
import java.nio.file.Files;
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
     * @param line where it begins
     */
    public record Block(String language, String text, int line) {
        public boolean isShell() {
            return language.equals("sh");
        }

        public boolean isJava() {
            return language.equals("java");
        }
    }

    public static List<Block> read(Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int end = i + 1;
                while (!lines.get(end).equals(FENCE)) {
                    end++;
                }
                String text = String.join("\n", lines.subList(i + 1, end));
                blocks.add(new Block(lines.get(i).substring(FENCE.length()), text, i + 1));
                i = end;
            }
        }
        return blocks;
    }
}
