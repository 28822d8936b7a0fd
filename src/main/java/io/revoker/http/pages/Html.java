package io.revoker.http.pages;

/** Markup, into which texts come only escaped. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** @param markup of this program, no text */
    Html markup(String markup) {
        out.append(markup);
        return this;
    }

    Html text(String text) {
        out.append(escape(text));
        return this;
    }

    /** An element with a text in it. */
    Html element(String name, String text) {
        return markup("<" + name + ">").text(text).markup("</" + name + ">");
    }

    /** The same, with a class. */
    Html element(String name, String style, String text) {
        return markup("<" + name + " class=\"" + style + "\">").text(text).markup("</" + name + ">");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
