package io.revoker.client;

import org.junit.jupiter.api.AfterEach;

/** A client of one node, which answers as the test scripts it. */
abstract class OneNodeTest {
    final ScriptedNode node = new ScriptedNode();
    final RevokerClient client = node.client();

    @AfterEach
    void stop() {
        client.close();
        node.close();
    }
}
