package dev.signet.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.Issuer;
import dev.signet.testkit.Requirement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataPathsTest {

    @ParameterizedTest
    @Requirement("8414-3-01")
    @CsvSource({
        "https://as.example, /.well-known/oauth-authorization-server",
        "https://as.example/, /.well-known/oauth-authorization-server",
        "https://as.example/t/one, /.well-known/oauth-authorization-server/t/one",
        "https://as.example/t/one/, /.well-known/oauth-authorization-server/t/one",
        "https://as.example/a%2Fb, /.well-known/oauth-authorization-server/a%2Fb"
    })
    void the_oauth_document_is_at_the_inserted_path(String issuer, String path) {
        assertThat(MetadataPaths.oauthPath(new Issuer(issuer))).isEqualTo(path);
        assertThat(MetadataPaths.oauthUri(new Issuer(issuer))).hasToString("https://as.example" + path);
    }

    @ParameterizedTest
    @Requirement({"8414-3-02", "D-35"})
    @CsvSource({
        "https://as.example:8443, /.well-known/openid-configuration, /.well-known/openid-configuration",
        "https://as.example:8443/, /.well-known/openid-configuration, /.well-known/openid-configuration",
        "https://as.example:8443/t, /t/.well-known/openid-configuration, /.well-known/openid-configuration/t",
        "https://as.example:8443/t/, /t/.well-known/openid-configuration, /.well-known/openid-configuration/t"
    })
    void the_openid_document_is_at_the_appended_and_the_inserted_path(String issuer, String appended, String inserted) {
        assertThat(MetadataPaths.openIdPath(new Issuer(issuer))).isEqualTo(appended);
        assertThat(MetadataPaths.openIdUri(new Issuer(issuer))).hasToString("https://as.example:8443" + appended);
        assertThat(MetadataPaths.openIdInsertedPath(new Issuer(issuer))).isEqualTo(inserted);
    }
}
