package io.revoker.caller;

/** An entry of the client file. */
record Client(Caller caller, SecretHash hash) {
    String id() {
        return caller.id();
    }
}
