package dev.signet.systemtests.architecture.offending;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;

/** Shows libraries in its API, takes an Optional and can be extended; what is private or allowed is no fault. */
public class Leaking {
    protected final HttpClient client;

    public Leaking(HttpClient client) {
        this.client = client;
    }

    public List<JWK> keys() {
        return List.of();
    }

    public void read(JWTClaimsSet claims) {}

    public void parse(String text) throws JOSEException {}

    public void find(Optional<String> name) {}

    public Optional<String> found() {
        return hidden().map(JWK::getKeyID);
    }

    private Optional<JWK> hidden() {
        return Optional.empty();
    }

    /** Is a library's type. */
    public static final class Failure extends JOSEException {
        private static final long serialVersionUID = 1L;

        public Failure() {
            super("failure");
        }
    }
}
