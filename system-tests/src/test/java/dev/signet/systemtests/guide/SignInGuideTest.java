package dev.signet.systemtests.guide;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the guide shows compiles. */
class SignInGuideTest {

    private static final Guide GUIDE = Guide.named("sign-in-from-an-app.md");

    @Test
    void its_java_compiles() throws Exception {
        GUIDE.assertCompiles(List.of(SignInExample.class));
    }

    @Test
    void its_links_lead_somewhere() throws Exception {
        GUIDE.assertLinksAndReasonsExist();
    }
}
