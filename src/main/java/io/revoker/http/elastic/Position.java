package io.revoker.http.elastic;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;

/** Where a token of the body begins, both from 1; a binary format has line -1 and its byte offset as the column. */
record Position(int line, int column) {

    static Position of(JsonParser parser) {
        JsonLocation location = parser.currentTokenLocation();
        return new Position(location.getLineNr(), location.getColumnNr());
    }

    @Override
    public String toString() {
        return "[" + line + ":" + column + "]";
    }
}
