package dev.signet.app.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.signet.jwt.key.JwsAlgorithm;
import org.junit.jupiter.api.Test;

class CryptoChoiceTest {

    @Test
    void jdk_is_the_jdk() {
        SelectedCrypto selected = CryptoChoice.JDK.select();
        assertThat(selected.name()).isEqualTo("jdk");
        assertThat(selected.provider().nameFor(JwsAlgorithm.ES256)).doesNotContain("Corretto");
    }

    @Test
    void auto_takes_the_native_provider_where_there_is_one() {
        assumeThat(System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .isEqualTo("Linux amd64");
        SelectedCrypto selected = CryptoChoice.AUTO.select();
        assertThat(selected.name()).isEqualTo("accp");
        assertThat(selected.provider().nameFor(JwsAlgorithm.ES256)).isEqualTo("AmazonCorrettoCryptoProvider");
        assertThat(CryptoChoice.ACCP.select().name()).isEqualTo("accp");
    }
}
