package io.revoker.bus;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.revoker.bus.json.JsonCodec;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from another JVM and is not a whole message of its class is an error, never another message. */
class MalformedMessagesTest {
    private static final JsonCodec<Revoke> CODEC = new JsonCodec<>(Revoke.class, Codecs.mapper());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[]",
                "{}",
                "{'target':null}",
                "{'target':{}}",
                "{'target':{'target':'java.io.File'}}",
                "{'target':['java.io.File','/etc/passwd']}",
                "{'target':{'target':'realm'}}",
                "{'target':{'target':'realm','realm':{}}}",
                "{'target':{'target':'realm','realm':{'value':7}}}",
                "{'target':{'target':'token','kind':1,'id':{'value':'012345678901234567890Q'}}}",
                "{'target':{'target':'token','kind':'ACCESS','id':{'value':'short'}}}",
                "{'target':{'target':'all'}}",
                "{'target':{'target':'all'},'scope':{},'until':null}",
                "{'target':{'target':'all'},'scope':{},'until':'NEVER'}",
                "{'target':{'target':'all'},'scope':{},'until':'SWEPT'} and more"
            })
    void refusesWhatIsNotAWholeRevocation(String json) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> decode(json.replace('\'', '"')))
                .withMessage("Revoke: not its JSON form");
    }

    @Test
    void refusesWhatIsNestedWithoutEnd() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> decode("{\"target\":".repeat(100_000)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 3, Integer.MAX_VALUE})
    void refusesALengthThatIsNotThatOfTheMessage(int length) {
        Buffer wrong = Buffer.buffer().appendInt(length).appendString("{}");

        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> CODEC.decodeFromWire(0, wrong));
    }

    private static Revoke decode(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return CODEC.decodeFromWire(0, Buffer.buffer().appendInt(bytes.length).appendBytes(bytes));
    }
}
