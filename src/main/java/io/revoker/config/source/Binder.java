package io.revoker.config.source;

import io.revoker.config.InvalidConfiguration;
import io.revoker.config.InvalidConfiguration.Fault;
import io.revoker.config.Texts;
import io.revoker.config.source.Layer.Given;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Makes records of texts. A value that is wrong is noted and its default put in its place, so that one wrong value does not hide the next: a
 * record can only judge its values once it has all of them.
 */
final class Binder {
    private final Map<String, Given> settings;
    private final Map<String, Given> defaults;
    private final List<Fault> faults = new ArrayList<>();

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

    List<Fault> faults() {
        return faults;
    }

    private Object section(Class<?> type, String path) {
        Object[] values = Arrays.stream(type.getRecordComponents())
                .map(component -> value(component, Schema.join(path, component)))
                .toArray();
        try {
            return construct(type, values);
        } catch (InvalidConfiguration e) {
            e.details().stream().map(fault -> fault.in(path)).forEach(this::note);
            return repaired(type, path, values, e.details());
        }
    }

    /** Keeps what was not complained of, as far as that makes a valid section. */
    private Object repaired(Class<?> type, String path, Object[] values, List<Fault> faults) {
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            String name = Schema.join("", components[i]);
            if (faults.stream().anyMatch(fault -> fault.isIn(name))) {
                values[i] = byDefault().value(components[i], Schema.join(path, components[i]));
            }
        }
        try {
            return construct(type, values);
        } catch (InvalidConfiguration irreparable) {
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
            note(new Fault(path, Texts.quote(text), conversion.expected()));
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

    private void note(Fault fault) {
        faults.add(fault.from(given(fault.path()).origin()));
    }

    private Binder byDefault() {
        if (settings.equals(defaults)) {
            throw new IllegalStateException("defaults: " + faults + " (expected: valid)");
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
            if (e.getCause() instanceof InvalidConfiguration invalid) {
                throw invalid;
            }
            throw new IllegalStateException(type + " can't judge its values", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " can't be constructed", e);
        }
    }
}
