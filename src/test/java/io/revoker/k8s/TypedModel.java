package io.revoker.k8s;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads an object into its class, and takes nothing for what it is not. */
final class TypedModel {
    private static final Map<String, Class<? extends KubernetesResource>> CLASSES =
            ServiceLoader.load(KubernetesResource.class).stream()
                    .map(ServiceLoader.Provider::type)
                    .collect(Collectors.toMap(TypedModel::key, type -> type, (first, second) -> first));
    private static final JsonMapper STRICT = mapper();

    private TypedModel() {}

    static Stream<String> faults(Manifest manifest) {
        String key = manifest.at("/apiVersion").asText() + " " + manifest.kind();
        if (!CLASSES.containsKey(key)) {
            return Stream.of(manifest.fault("no such kind of object"));
        }
        try {
            STRICT.treeToValue(manifest.json(), CLASSES.get(key));
            return Stream.of();
        } catch (JsonProcessingException e) {
            return Stream.of(manifest.fault(e.getMessage()));
        }
    }

    private static String key(Class<? extends KubernetesResource> type) {
        return HasMetadata.getApiVersion(type) + " " + HasMetadata.getKind(type);
    }

    private static JsonMapper mapper() {
        return JsonMapper.builder()
                .annotationIntrospector(new NoCatchAll())
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .addMixIn(Quantity.class, WithQuantity.class)
                .build();
    }

    /** The models have a place where unknown fields go; without it they are a fault. */
    private static final class NoCatchAll extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return Boolean.FALSE;
        }
    }

    @JsonDeserialize(using = QuantityReader.class)
    private interface WithQuantity {}

    /** The model's own reader takes any text; only a later use would fail. */
    private static final class QuantityReader extends JsonDeserializer<Quantity> {
        @Override
        public Quantity deserialize(JsonParser json, DeserializationContext context) throws IOException {
            String text = json.getValueAsString("");
            try {
                Quantity quantity = Quantity.parse(text);
                return quantity.getNumericalAmount().signum() < 0 ? fail(context, text) : quantity;
            } catch (IllegalArgumentException | ArithmeticException e) {
                return fail(context, text);
            }
        }

        private static Quantity fail(DeserializationContext context, String text) throws IOException {
            return (Quantity) context.handleWeirdStringValue(Quantity.class, text, "not a quantity");
        }
    }
}
