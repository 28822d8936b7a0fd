package io.revoker.k8s;

import com.google.errorprone.annotations.Immutable;
import java.util.stream.Stream;

/** How a rule finds what breaks it. */
@Immutable
@FunctionalInterface
interface Check {
    /** One line for each fault. */
    Stream<String> faults(Manifests manifests);
}
