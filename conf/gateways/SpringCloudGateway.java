package example;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** A Spring Cloud Gateway that asks Revoker about the token of each request; see spring-cloud-gateway.yaml. */
@SpringBootApplication(proxyBeanMethods = false)
public class SpringCloudGateway {
    private static final List<String> IDENTITY =
            List.of("X-Auth-Subject", "X-Auth-Realm", "X-Auth-Exp", "X-Auth-Client", "X-Auth-Scope");

    public static void main(String[] args) {
        SpringApplication.run(SpringCloudGateway.class, args);
    }

    /** Before all routes: filters of the gateway itself may come after the one that calls the service. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter checkedByRevoker(
            @Value("${revoker.url}") String url,
            @Value("${revoker.credentials}") String credentials,
            @Value("${revoker.timeout}") Duration timeout) {
        WebClient revoker = WebClient.builder()
                .baseUrl(url)
                .defaultHeader("Revoker-Authorization", credentials)
                .build();
        return (exchange, chain) -> revoker.get()
                // All of them, so that Revoker refuses a request with two.
                .headers(asked -> exchange.getRequest()
                        .getHeaders()
                        .getOrEmpty(HttpHeaders.AUTHORIZATION)
                        .forEach(token -> asked.add(HttpHeaders.AUTHORIZATION, token)))
                .exchangeToMono(ClientResponse::toBodilessEntity)
                .timeout(timeout)
                .onErrorReturn(ResponseEntity.internalServerError().build())
                .flatMap(answer -> switch (answer.getStatusCode().value()) {
                    case 200 -> chain.filter(identified(exchange, answer.getHeaders()));
                    case 401 ->
                        refuse(
                                exchange,
                                HttpStatus.UNAUTHORIZED,
                                HttpHeaders.WWW_AUTHENTICATE,
                                answer.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE));
                    // Revoker can't decide now, or these credentials are not those of a gateway.
                    default -> refuse(exchange, HttpStatus.SERVICE_UNAVAILABLE, HttpHeaders.RETRY_AFTER, "1");
                });
    }

    private static ServerWebExchange identified(ServerWebExchange exchange, HttpHeaders facts) {
        return exchange.mutate()
                .request(request -> request.headers(headers -> {
                    // Some services take an underscore for a hyphen.
                    List.copyOf(headers.headerNames()).stream()
                            .filter(name -> name.toLowerCase(Locale.ROOT).replace('_', '-').startsWith("x-auth-"))
                            .forEach(headers::remove);
                    // A client may name headers in Connection that are not passed on: those that are set here must be.
                    headers.setConnection(headers.getUpgrade() == null ? List.of() : List.of(HttpHeaders.UPGRADE));
                    IDENTITY.forEach(name -> headers.set(name, facts.getFirst(name)));
                }))
                .build();
    }

    private static Mono<Void> refuse(ServerWebExchange exchange, HttpStatus status, String header, String value) {
        exchange.getResponse().setStatusCode(status);
        exchange.getResponse().getHeaders().set(header, value);
        exchange.getResponse().getHeaders().setCacheControl("no-store");
        return exchange.getResponse().setComplete();
    }
}
