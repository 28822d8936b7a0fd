package io.revoker.caller;

/** A client file of one client. */
final class ClientYaml {
    private ClientYaml() {}

    static String of(String id, String secret) {
        return "clients:\n  - id: \"" + id + "\"\n    secret: \"" + secret + "\"\n    privileges: [check]\n";
    }
}
