package io.revoker.bus.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.revoker.domain.jwt.JwtVerifier.Finding;
import io.revoker.domain.jwt.VerifiedJwt;
import java.io.IOException;
import java.util.Optional;

/** The JSON form of what was found of a JWT. */
record FindingForm(boolean refused, Optional<VerifiedJwt> verified) {

    private static FindingForm of(Finding finding) {
        return new FindingForm(
                finding instanceof Finding.Refused,
                finding instanceof Finding.Verified verified ? Optional.of(verified.jwt()) : Optional.empty());
    }

    private Finding finding() {
        return refused
                ? Finding.REFUSED
                : verified.<Finding>map(Finding.Verified::new).orElse(Finding.FOREIGN);
    }

    static final class Writer extends StdSerializer<Finding> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(Finding.class);
        }

        @Override
        public void serialize(Finding finding, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writePOJO(of(finding));
        }
    }

    static final class Reader extends StdDeserializer<Finding> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(Finding.class);
        }

        @Override
        public Finding deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return context.readValue(in, FindingForm.class).finding();
        }

        /** An older version, or an application that verifies nothing, does not send this field. */
        @Override
        public Finding getNullValue(DeserializationContext context) {
            return Finding.FOREIGN;
        }
    }
}
