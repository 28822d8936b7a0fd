package io.revoker.config.values;

import java.util.List;

/** Settings that are not a valid configuration. Its message has one line per problem. */
public class SettingsProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<Detail> details;

    public SettingsProblem(List<Detail> details) {
        super(String.join("\n", texts(details)), null, false, false);
        this.details = List.copyOf(details);
    }

    public SettingsProblem(Detail problem) {
        this(List.of(problem));
    }

    /** Every problem, one line each: {@code path: value (expected: what; from where)}. Shows no secret. */
    public List<String> problems() {
        return texts(details);
    }

    public List<Detail> details() {
        return details;
    }

    private static List<String> texts(List<Detail> problems) {
        return problems.stream().map(Detail::toString).toList();
    }

    /** One problem: {@code http.port: 99999 (expected: 0 to 65535; from REVOKER_HTTP_PORT)}. */
    public record Detail(String path, String value, String expected) {

        public Detail in(String section) {
            return section.isEmpty() ? this : new Detail(section + "." + path, value, expected);
        }

        /** Whether the path is this setting, or in this section. */
        public boolean isIn(String name) {
            return path.equals(name) || path.startsWith(name + ".");
        }

        public Detail from(String origin) {
            return new Detail(path, value, expected + "; from " + origin);
        }

        @Override
        public String toString() {
            return path + ": " + value + " (expected: " + expected + ")";
        }
    }
}
