package dev.signet.peer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A web application with Spring Security's OAuth2 client, which sends whoever asks for {@code /token} through the code flow and then
 * shows the access token. Whoever starts it names {@code issuer} and {@code client-id}.
 */
@RestController
@EnableAutoConfiguration
@Profile("code-flow")
public class CodeFlowApplication {

    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(CodeFlowApplication.class);
        application.setAdditionalProfiles("code-flow");
        application.run(arguments);
    }

    @Bean
    ClientRegistrationRepository clients(Environment environment) {
        String issuer = environment.getRequiredProperty("issuer");
        return new InMemoryClientRegistrationRepository(ClientRegistration.withRegistrationId("orders")
                .clientId(environment.getRequiredProperty("client-id"))
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationUri(issuer + "/authorize")
                .tokenUri(issuer + "/token")
                .redirectUri("{baseUrl}/callback")
                .scope("orders.read")
                .build());
    }

    @Bean
    OAuth2AuthorizedClientRepository tokens() {
        return new HttpSessionOAuth2AuthorizedClientRepository();
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .oauth2Client(Customizer.withDefaults())
                .build();
    }

    @GetMapping("/token")
    String token(@RegisteredOAuth2AuthorizedClient("orders") OAuth2AuthorizedClient client) {
        return client.getAccessToken().getTokenValue();
    }
}
