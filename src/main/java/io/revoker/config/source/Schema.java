package io.revoker.config.source;

import io.revoker.config.DataSize;
import io.revoker.config.Live;
import io.revoker.config.Secret;
import io.revoker.config.Texts;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** The paths that can be set, read off a tree of records. */
final class Schema {
    private final Set<String> settings = new LinkedHashSet<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private final Set<String> live = new LinkedHashSet<>();
    private final Set<String> sections = new LinkedHashSet<>();

    Schema(Class<? extends Record> root) {
        addAll(root, "");
    }

    /** The paths of single values, such as {@code redis.tls.ca}. */
    Set<String> settings() {
        return Collections.unmodifiableSet(settings);
    }

    /** Those of the settings that no message and no log may show. */
    Set<String> secrets() {
        return Collections.unmodifiableSet(secrets);
    }

    /** Those of the settings that a running service takes over. */
    Set<String> live() {
        return Collections.unmodifiableSet(live);
    }

    boolean isSetting(String path) {
        return settings.contains(path);
    }

    boolean isSection(String path) {
        return sections.contains(path);
    }

    static boolean isSection(RecordComponent component) {
        return component.getType().isRecord()
                && component.getType() != DataSize.class
                && component.getType() != Secret.class;
    }

    /** Whether a running service takes it over. */
    static boolean isLive(RecordComponent component) {
        return component.isAnnotationPresent(Live.class);
    }

    /** Of a record that has the component. */
    static Object value(RecordComponent component, Object holder) {
        try {
            return component.getAccessor().invoke(holder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " can't be read", e);
        }
    }

    static String join(String section, RecordComponent component) {
        String name = Texts.kebab(component.getName());
        return section.isEmpty() ? name : section + "." + name;
    }

    private void addAll(Class<?> type, String section) {
        for (RecordComponent component : type.getRecordComponents()) {
            String path = join(section, component);
            if (isSection(component)) {
                sections.add(path);
                addAll(component.getType(), path);
            } else {
                settings.add(path);
                if (isSecret(component)) {
                    secrets.add(path);
                }
                if (isLive(component)) {
                    live.add(path);
                }
            }
        }
    }

    private static boolean isSecret(RecordComponent component) {
        return component.getGenericType().getTypeName().contains(Secret.class.getName());
    }
}
