package io.revoker.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends requests of a program's own to the nodes of a {@link RevokerClient}, with its credentials and its connections.
 * Ends with the client.
 */
public final class NodeAccess {
    private final Transport transport;

    NodeAccess(Transport transport) {
        this.transport = transport;
    }

    /** All nodes, that which answered last first. */
    public List<URI> inTurn() {
        return transport.nodes().inTurn();
    }

    /**
     * Sends a request to one node. The future has the answer, whatever its status, when its body has come; cancelling
     * it gives up the connection.
     *
     * @param node one of the client's: others do not get its credentials
     * @param path from the base address on, such as {@code /v1/sweeps}
     * @param request all but the address and the credentials
     * @throws IllegalArgumentException if it is another node
     */
    public <T> CompletableFuture<HttpResponse<T>> send(
            URI node, String path, HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        return transport.sendTo(node, path, request, body);
    }
}
