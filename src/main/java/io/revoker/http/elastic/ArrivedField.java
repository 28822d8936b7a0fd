package io.revoker.http.elastic;

import java.nio.charset.StandardCharsets;

/** A known field whose value begins at the position. */
record ArrivedField(RequestField field, Position position) {

    /** Lone surrogates have no UTF-8: two different texts would become the same name, or the same token. */
    String requireUnicode(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw ElasticFault.of(
                    400,
                    ObjectFaults.failedToParse(
                            this,
                            Cause.illegalArgument(field.wireName() + ": lone surrogate (expected: Unicode text)")));
        }
        return text;
    }
}
