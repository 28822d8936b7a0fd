package io.revoker.http.openapi;

/**
 * A request and its answer.
 *
 * @param name of the example that the request is, or of the fault that it has
 * @param path of its operation, as the description writes it
 */
record Exchange(String name, String path, String method, Call call, Answer answer) {
    @Override
    public String toString() {
        return method + " " + path + " " + name + " " + call.target();
    }
}
