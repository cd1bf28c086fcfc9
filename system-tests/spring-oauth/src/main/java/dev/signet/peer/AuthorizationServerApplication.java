package dev.signet.peer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Spring's authorization server as Spring Boot sets it up; who starts it names issuer and clients. */
@SpringBootApplication
public class AuthorizationServerApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(AuthorizationServerApplication.class, arguments);
    }
}
