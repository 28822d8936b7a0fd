package io.revoker.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The base addresses of the service. A call starts at the one that answered the last call, so a dead node costs one
 * connect, not one per call.
 */
final class Nodes {
    private final List<URI> all;
    private final AtomicInteger first = new AtomicInteger();

    private Nodes(List<URI> all) {
        this.all = List.copyOf(all);
    }

    static Nodes of(URI node, URI... others) {
        List<URI> all = new ArrayList<>();
        all.add(checked(node));
        for (URI other : others) {
            all.add(checked(other));
        }
        return new Nodes(all);
    }

    /** All of them, each once, in the order in which a call tries them. */
    List<URI> inTurn() {
        List<URI> turn = new ArrayList<>(all);
        Collections.rotate(turn, -first.get());
        return turn;
    }

    boolean has(URI node) {
        return all.contains(node);
    }

    void answered(URI node) {
        first.set(all.indexOf(node));
    }

    static URI resolve(URI node, String path) {
        String base = node.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private static URI checked(URI node) {
        if (node.getRawUserInfo() != null || node.getRawQuery() != null || node.getRawFragment() != null) {
            throw new IllegalArgumentException("node: an address with a user, a query or a fragment (expected: none)");
        }
        boolean web = "http".equalsIgnoreCase(node.getScheme()) || "https".equalsIgnoreCase(node.getScheme());
        if (!web || node.getHost() == null) {
            throw new IllegalArgumentException("node: " + node + " (expected: http or https and a host)");
        }
        return node;
    }
}
