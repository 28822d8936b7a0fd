package example;

import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.support.BasicAuthenticationInterceptor;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestTemplate;

/** A service that asks Revoker itself about the token of each request; see spring-resource-server.yaml. */
@RestController
@SpringBootApplication(proxyBeanMethods = false)
public class SpringResourceServer {
    public static void main(String[] args) {
        SpringApplication.run(SpringResourceServer.class, args);
    }

    @GetMapping("/")
    String caller(@AuthenticationPrincipal OAuth2AuthenticatedPrincipal caller) {
        return caller.getName() + " of " + caller.getAttribute("realm_name");
    }

    /** The one that Spring Boot makes of its settings has no time-outs. */
    @Bean
    OpaqueTokenIntrospector revoker(
            @Value("${revoker.url}") String url,
            @Value("${revoker.client-id}") String id,
            @Value("${revoker.client-secret}") String secret,
            @Value("${revoker.timeout}") Duration timeout) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(timeout).build());
        requests.setReadTimeout(timeout);
        RestTemplate client = new RestTemplate(requests);
        client.getInterceptors().add(new BasicAuthenticationInterceptor(id, secret));
        return new SpringOpaqueTokenIntrospector(url, client);
    }

    @Bean
    SecurityFilterChain checkedByRevoker(HttpSecurity http, OpaqueTokenIntrospector revoker) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .oauth2ResourceServer(server -> server.opaqueToken(token -> token.introspector(revoker)))
                // Revoker can't decide now, or these credentials are not those of a client.
                .addFilterBefore(
                        (request, response, chain) -> {
                            try {
                                chain.doFilter(request, response);
                            } catch (AuthenticationServiceException undecided) {
                                HttpServletResponse answer = (HttpServletResponse) response;
                                answer.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                                answer.setHeader("Retry-After", "1");
                            }
                        },
                        BearerTokenAuthenticationFilter.class)
                .build();
    }
}
