package io.revoker.config.source;

import io.revoker.config.source.SettingsLayer.Given;
import io.revoker.config.values.ConfigText;
import io.revoker.config.values.SettingsProblem;
import io.revoker.config.values.SettingsProblem.Detail;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Converts texts to records. A wrong value is reported and replaced by its default, so that one wrong value does not
 * hide the next: a record can only validate its values once it has all of them.
 */
final class Binder {
    private final Map<String, Given> settings;
    private final Map<String, Given> defaults;
    private final List<Detail> problems = new ArrayList<>();

    /**
     * @param settings one for each path of the tree
     * @param defaults one for each path of the tree, all of them valid
     */
    Binder(Map<String, Given> settings, Map<String, Given> defaults) {
        this.settings = settings;
        this.defaults = defaults;
    }

    <T extends Record> T bind(Class<T> root) {
        return root.cast(section(root, ""));
    }

    List<Detail> problems() {
        return problems;
    }

    private Object section(Class<?> type, String path) {
        Object[] values = Arrays.stream(type.getRecordComponents())
                .map(component -> value(component, Schema.join(path, component)))
                .toArray();
        try {
            return construct(type, values);
        } catch (SettingsProblem e) {
            e.details().stream().map(problem -> problem.in(path)).forEach(this::note);
            return repaired(type, path, values, e.details());
        }
    }

    /** Keeps the values without problems, if that makes a valid section. */
    private Object repaired(Class<?> type, String path, Object[] values, List<Detail> problems) {
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            String name = Schema.join("", components[i]);
            if (problems.stream().anyMatch(problem -> problem.isIn(name))) {
                values[i] = byDefault().value(components[i], Schema.join(path, components[i]));
            }
        }
        try {
            return construct(type, values);
        } catch (SettingsProblem irreparable) {
            return byDefault().section(type, path);
        }
    }

    private Object value(RecordComponent component, String path) {
        return Schema.isSection(component)
                ? section(component.getType(), path)
                : convert(Conversion.to(component.getGenericType()), path);
    }

    private Object convert(Conversion conversion, String path) {
        String text = given(path).text();
        try {
            return conversion.parse().apply(text);
        } catch (IllegalArgumentException e) {
            note(new Detail(path, ConfigText.quote(text), conversion.expected()));
            return byDefault().convert(conversion, path);
        }
    }

    private Given given(String path) {
        Given given = settings.get(path);
        if (given == null) {
            throw new IllegalStateException(path + ": absent (expected: a default)");
        }
        return given;
    }

    private void note(Detail problem) {
        problems.add(problem.from(given(problem.path()).origin()));
    }

    private Binder byDefault() {
        if (settings.equals(defaults)) {
            throw new IllegalStateException("defaults: " + problems + " (expected: valid)");
        }
        return new Binder(defaults, defaults);
    }

    static Object construct(Class<?> type, Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            return canonical.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SettingsProblem invalid) {
                throw invalid;
            }
            throw new IllegalStateException(type + " can't validate its values", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " can't be constructed", e);
        }
    }
}
