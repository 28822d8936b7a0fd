import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import javax.security.sasl.SaslException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.SaslExtensions;
import org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerClientInitialResponse;
import org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerSaslServer;

/**
 * What a Kafka broker does with the tokens of clients that connect: it reads a token from each line, lets it go through
 * the broker's end of OAUTHBEARER as a file of properties sets it up, and prints what came of it.
 */
public final class KafkaBroker {
    private static final String MECHANISM = "OAUTHBEARER";
    private static final ListenerName LISTENER = ListenerName.normalised("client");
    private static final String OF_MECHANISM = "oauthbearer.";

    public static void main(String[] args) throws Exception {
        AuthenticateCallbackHandler handler = handler(settings(Path.of(args[0])));
        System.out.println("ready");
        BufferedReader tokens = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String token = tokens.readLine(); token != null; token = tokens.readLine()) {
            System.out.println(outcome(new OAuthBearerSaslServer(handler), token).replace('\n', ' '));
        }
    }

    /** Those of the listener go before the others, as in a broker. */
    private static Map<String, Object> settings(Path file) throws IOException {
        Properties read = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            read.load(in);
        }
        Map<String, Object> settings = new HashMap<>();
        for (String name : read.stringPropertyNames()) {
            if (name.startsWith(LISTENER.configPrefix())) {
                String own = name.substring(LISTENER.configPrefix().length());
                String value = read.getProperty(name);
                settings.put(own, own.endsWith("sasl.jaas.config") ? new Password(value) : value);
            }
        }
        return settings;
    }

    private static AuthenticateCallbackHandler handler(Map<String, Object> settings)
            throws ReflectiveOperationException {
        JaasContext jaas = JaasContext.loadServerContext(LISTENER, MECHANISM, settings);
        String type = (String) settings.get(OF_MECHANISM + "sasl.server.callback.handler.class");
        AuthenticateCallbackHandler handler =
                (AuthenticateCallbackHandler) Class.forName(type).getDeclaredConstructor().newInstance();
        handler.configure(settings, MECHANISM, jaas.configurationEntries());
        return handler;
    }

    private static String outcome(OAuthBearerSaslServer broker, String token) {
        try {
            byte[] first = new OAuthBearerClientInitialResponse(token, SaslExtensions.empty()).toBytes();
            byte[] answer = broker.evaluateResponse(first);
            return broker.isComplete()
                    ? "in " + broker.getAuthorizationID()
                    : "out " + new String(answer, StandardCharsets.UTF_8);
        } catch (SaslException | KafkaException refused) {
            return "out " + refused.getMessage();
        }
    }
}
