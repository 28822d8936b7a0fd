package io.revoker.http.elastic;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The fields of a request body; their names are case-sensitive. */
enum RequestField {
    TOKEN("token"),
    REFRESH_TOKEN("refresh_token"),
    REALM_NAME("realm_name"),
    USERNAME("username");

    private final String wireName;

    RequestField(String wireName) {
        this.wireName = wireName;
    }

    static Optional<RequestField> named(String wireName) {
        return Arrays.stream(values())
                .filter(field -> field.wireName.equals(wireName))
                .findFirst();
    }

    static List<String> wireNames() {
        return Arrays.stream(values()).map(RequestField::wireName).toList();
    }

    String wireName() {
        return wireName;
    }
}
