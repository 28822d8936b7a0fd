package io.revoker.http.pages;

import java.util.regex.Pattern;

/** The part of CommonMark that the description uses: paragraphs, lists, code, strong text and links. */
final class Prose {
    private static final Pattern BLANK_LINE = Pattern.compile("\\n\\s*\\n");
    private static final Pattern ITEM = Pattern.compile("(?m)^[*-] ");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern STRONG = Pattern.compile("\\*\\*([^*]+)\\*\\*");
    private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\((https://[^)\\s]+)\\)");

    private Prose() {}

    static String html(String text) {
        Html html = new Html();
        for (String block : BLANK_LINE.split(text.strip(), -1)) {
            if (!block.isBlank()) {
                html.markup(block(block));
            }
        }
        return html.toString();
    }

    private static String block(String block) {
        if (!ITEM.matcher(block).lookingAt()) {
            return "<p>" + line(block) + "</p>";
        }
        StringBuilder list = new StringBuilder("<ul>");
        for (String item : ITEM.split(block, -1)) {
            if (!item.isBlank()) {
                list.append("<li>").append(line(item.strip())).append("</li>");
            }
        }
        return list.append("</ul>").toString();
    }

    /** What stands in a line, without a paragraph around it. */
    static String line(String text) {
        String escaped = Html.escape(text.strip());
        String linked = LINK.matcher(escaped).replaceAll("<a href=\"$2\">$1</a>");
        return STRONG.matcher(CODE.matcher(linked).replaceAll("<code>$1</code>"))
                .replaceAll("<strong>$1</strong>");
    }
}
