package io.revoker.k8s;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that one overlay makes. */
record Manifests(List<Manifest> all) {
    Stream<Manifest> kind(String kind) {
        return all.stream().filter(manifest -> manifest.kind().equals(kind));
    }

    Optional<Manifest> find(String kind, String name) {
        return all.stream().filter(manifest -> manifest.is(kind, name)).findFirst();
    }

    /** The one of that kind whose name begins so; generated names end with a hash. */
    Manifest named(String kind, String beginning) {
        return kind(kind)
                .filter(manifest -> manifest.name().startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + beginning));
    }

    /** The pods of every workload. */
    Stream<Pods> pods() {
        return Stream.of("Deployment", "StatefulSet").flatMap(this::kind).map(Pods::new);
    }

    /** Ours. */
    Pods revoker() {
        return new Pods(named("Deployment", "revoker"));
    }

    Manifests copy() {
        return new Manifests(all.stream().map(Manifest::copy).toList());
    }
}
