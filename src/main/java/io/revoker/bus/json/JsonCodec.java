package io.revoker.bus.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.util.Objects;

/** Passes an immutable message by reference within one JVM, and as JSON after its length between JVMs. */
public final class JsonCodec<T> implements MessageCodec<T, T> {
    private final Class<T> type;
    private final ObjectMapper mapper;

    /** @param mapper writes and reads the type */
    public JsonCodec(Class<T> type, ObjectMapper mapper) {
        this.type = type;
        this.mapper = mapper;
    }

    @Override
    public void encodeToWire(Buffer buffer, T message) {
        try {
            byte[] json = mapper.writeValueAsBytes(message);
            buffer.appendInt(json.length).appendBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(type.getSimpleName() + ": no JSON form", e);
        }
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        int start = position + Integer.BYTES;
        try {
            byte[] json = buffer.getBytes(start, start + buffer.getInt(position));
            return Objects.requireNonNull(mapper.readValue(json, type), "null");
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(type.getSimpleName() + ": not its JSON form", e);
        }
    }

    @Override
    public T transform(T message) {
        return message;
    }

    @Override
    public String name() {
        return type.getName();
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
