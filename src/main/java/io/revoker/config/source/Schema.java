package io.revoker.config.source;

import io.revoker.config.values.ConfigText;
import io.revoker.config.values.DataSize;
import io.revoker.config.values.RealmDurations;
import io.revoker.config.values.Reloadable;
import io.revoker.config.values.Secret;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** The paths of all settings, derived from a tree of records. */
final class Schema {
    private static final Set<Class<?>> VALUES = Set.of(DataSize.class, Secret.class, RealmDurations.class);

    private final Set<String> settings = new LinkedHashSet<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private final Set<String> sections = new LinkedHashSet<>();

    Schema(Class<? extends Record> root) {
        addAll(root, "");
    }

    /** The paths of single values, such as {@code redis.tls.ca}. */
    Set<String> settings() {
        return Collections.unmodifiableSet(settings);
    }

    /** The settings that no message and no log may show. */
    Set<String> secrets() {
        return Collections.unmodifiableSet(secrets);
    }

    boolean isSetting(String path) {
        return settings.contains(path);
    }

    boolean isSection(String path) {
        return sections.contains(path);
    }

    static boolean isSection(RecordComponent component) {
        return component.getType().isRecord() && !VALUES.contains(component.getType());
    }

    /** Whether a change applies to a running service. */
    static boolean isReloadable(RecordComponent component) {
        return component.isAnnotationPresent(Reloadable.class);
    }

    /** The component's value in a record. */
    static Object value(RecordComponent component, Object holder) {
        try {
            return component.getAccessor().invoke(holder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " can't be read", e);
        }
    }

    static String join(String section, RecordComponent component) {
        String name = ConfigText.kebab(component.getName());
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
            }
        }
    }

    private static boolean isSecret(RecordComponent component) {
        return component.getGenericType().getTypeName().contains(Secret.class.getName());
    }
}
