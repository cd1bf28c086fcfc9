package dev.signet.systemtests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.metadata.MetadataException;
import dev.signet.core.metadata.ProtectedResourceMetadata;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;

class MetadataFuzzTest {

    private static final Issuer ISSUER = Issuer.of("https://as.example.com");
    private static final ResourceIndicator RESOURCE = new ResourceIndicator("https://api.example.com");

    /** Metadata of either kind is refused in the one way that is documented, or says the same when it is written down and read again. */
    @FuzzTest
    void metadata_is_refused_or_means_one_thing(byte[] octets) {
        JsonObject json;
        try {
            json = JsonObject.parse(octets);
        } catch (JsonException malformed) {
            return;
        }
        assertThat(JsonObject.parse(json.toBytes())).isEqualTo(json);
        try {
            JsonObject written = AuthorizationServerMetadata.parse(json, ISSUER).toJson();
            assertThat(AuthorizationServerMetadata.parse(written, ISSUER).toJson())
                    .isEqualTo(written);
            assertThat(written.findString("issuer")).contains(ISSUER.value());
        } catch (MetadataException refused) {
            assertThat(refused).hasMessageContaining(ISSUER.value());
        }
        try {
            JsonObject written = ProtectedResourceMetadata.parse(json, RESOURCE).toJson();
            assertThat(ProtectedResourceMetadata.parse(written, RESOURCE).toJson())
                    .isEqualTo(written);
        } catch (MetadataException refused) {
            assertThat(refused).hasMessageContaining(RESOURCE.value());
        }
    }
}
