package dev.signet.app.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.config.ConfigFile;
import dev.signet.app.config.Environment;
import dev.signet.app.config.Settings;
import dev.signet.app.crypto.CryptoChoice;
import dev.signet.authorizationserver.store.memory.InMemoryClientStore;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.ServerFixture;
import dev.signet.testkit.TestClock;
import dev.signet.testkit.TestJwt;
import dev.signet.testkit.TokenCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each recipe of the guide lets in a JWT of the shape that its platform documents, and not that of a neighbour. The YAML is
 * the guide's; only the keys are put where the platform's would be fetched.
 */
@DisplayName("RFC 7523 §5: workload identity")
class WorkloadIdentityGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "guides", "workload-identity.md");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final long NOW = TestClock.START.getEpochSecond();
    private static final String AUDIENCE = "https://as.example.com";

    @TempDir
    Path folder;

    private static List<String> snippets() throws IOException {
        return YAML.matcher(Files.readString(GUIDE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private Settings settings(String recipe) throws IOException {
        Path file = Files.writeString(folder.resolve("signet.yaml"), snippets().get(0) + recipe);
        return ConfigFile.parse(file, Environment.of(Map.of())).read(CryptoChoice.JDK::select, TestClock.atStart());
    }

    /** A server with the recipe for that issuer, and a JWT that it lets in. */
    private final class Recipe {

        private final ServerFixture server;
        private final TestJwt valid;
        private int presented;

        Recipe(String claims) throws IOException {
            JsonObject shape = JsonObject.parse(claims);
            String issuer = shape.requireString("iss");
            String yaml = snippets().stream()
                    .filter(snippet -> snippet.contains("issuer: " + issuer + "\n"))
                    .findFirst()
                    .orElseThrow();
            assertThat(settings(yaml).parties().trustedIssuers().all()).hasSize(1);
            String keys = FixedKeys.publicKeys(FixedKeys.rs256()).toJson();
            Settings.Parties parties =
                    settings(yaml.replace("discovery: true", "jwks: " + keys)).parties();
            server = ServerFixture.with(
                    builder -> builder.resources(parties.resources().all()).trustedIssuers(parties.trustedIssuers()));
            valid = TestJwt.of(times(shape), FixedKeys.rs256());
        }

        /** Times are written as the distance from now. */
        private static JsonObject times(JsonObject shape) {
            JsonObject.Builder claims = shape.toBuilder();
            for (String name : List.of("iat", "nbf", "exp")) {
                shape.findLong(name).ifPresent(seconds -> claims.put(name, NOW + seconds));
            }
            return claims.build();
        }

        private String next(TestJwt jwt) {
            presented++;
            return jwt.claims().has("jti") ? jwt.withJwtId("jti-" + presented).compact() : jwt.compact();
        }

        JsonObject token(UnaryOperator<TestJwt> change) {
            return server.exchange(next(change.apply(valid))).send().token().claims();
        }

        JsonObject token() {
            return token(jwt -> jwt);
        }

        void refuses(UnaryOperator<TestJwt> change, RefusalReason reason) {
            server.exchange(next(change.apply(valid))).send().isInvalidGrant().because(reason);
        }

        /** Of nobody's JWT is anything said to whoever has not authenticated. */
        void takesForAStranger(UnaryOperator<TestJwt> change) {
            server.exchange(next(change.apply(valid)))
                    .send()
                    .isInvalidClient()
                    .because(RefusalReason.ASSERTION_ISSUER_UNTRUSTED);
        }

        void refusesOtherAudiencesAndKeys() {
            refuses(jwt -> jwt.withAudience("https://other.example.com"), RefusalReason.JWT_AUDIENCE);
            refuses(jwt -> jwt.withAudiences("https://other.example.com"), RefusalReason.JWT_AUDIENCE);
            refuses(jwt -> jwt.withAudiences(AUDIENCE, "https://other.example.com"), RefusalReason.JWT_AUDIENCE);
            refuses(jwt -> jwt.signedWith(FixedKeys.stranger()), RefusalReason.JWT_ALGORITHM_NOT_ALLOWED);
        }

        /** A second time, the same JWT. */
        void isTakenOnce() {
            String once = next(valid);
            server.exchange(once).send().isIssued();
            server.exchange(once).send().isInvalidGrant().because(RefusalReason.ASSERTION_REPLAYED);
        }

        void isTakenAgain(UnaryOperator<TestJwt> change) {
            String again = change.apply(valid).compact();
            server.exchange(again).send().isIssued();
            server.exchange(again).send().isIssued();
        }
    }

    @Nested
    class GitHub_actions {

        private Recipe recipe;

        @BeforeEach
        void open() throws IOException {
            recipe = new Recipe("""
                    {
                      "jti": "9d8f5c2e-0f0b-4b5c-8f43-5c8d9f2b7a11",
                      "sub": "repo:octo-org/octo-repo:ref:refs/heads/main",
                      "aud": "https://as.example.com", "ref": "refs/heads/main", "sha": "example-sha",
                      "repository": "octo-org/octo-repo", "repository_owner": "octo-org", "actor_id": "12",
                      "repository_visibility": "private", "repository_id": "74", "repository_owner_id": "65",
                      "run_id": "4711", "run_number": "10", "run_attempt": "2", "runner_environment": "github-hosted",
                      "actor": "octocat", "workflow": "example-workflow", "head_ref": "", "base_ref": "",
                      "event_name": "workflow_dispatch", "ref_protected": "true", "ref_type": "branch",
                      "workflow_ref": "octo-org/octo-repo/.github/workflows/deploy.yml@refs/heads/main",
                      "job_workflow_ref": "octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main",
                      "iss": "https://token.actions.githubusercontent.com", "nbf": -600, "exp": 300, "iat": 0
                    }""");
        }

        @Test
        @Requirement({"7523-5-02", "7521-6.3-02"})
        void let_in_the_branch_of_the_repository() {
            JsonObject token = recipe.token(jwt -> jwt.withType("JWT").withHeader("x5t", "example-thumbprint"));
            assertThat(token.requireString("sub")).isEqualTo("github/repo:octo-org/octo-repo:ref:refs/heads/main");
            assertThat(token.requireString("aud")).isEqualTo("https://api.example.com/orders");
            assertThat(token.requireString("client_id")).isEqualTo("github-actions");
            assertThat(token.requireString("scope")).isEqualTo("orders.read");
            assertThat(recipe.token(jwt -> jwt.withSubject("repo:octo-org@65/octo-repo@74:ref:refs/heads/main"))
                            .requireString("sub"))
                    .isEqualTo("github/repo:octo-org@65/octo-repo@74:ref:refs/heads/main");
            recipe.isTakenOnce();
        }

        @Test
        @Requirement({"7523-5-02", "7521-6.3-02"})
        void keep_out_the_neighbours() {
            recipe.refuses(
                    jwt -> jwt.withSubject("repo:octo-org/other-repo:ref:refs/heads/main"),
                    RefusalReason.ASSERTION_SUBJECT_REFUSED);
            recipe.refuses(
                    jwt -> jwt.withSubject("repo:octo-org@66/octo-repo@75:ref:refs/heads/main"),
                    RefusalReason.ASSERTION_SUBJECT_REFUSED);
            recipe.refuses(jwt -> jwt.withClaim("repository_id", "75"), RefusalReason.ASSERTION_CONDITION_UNMET);
            recipe.refuses(jwt -> jwt.withClaim("repository_owner_id", "66"), RefusalReason.ASSERTION_CONDITION_UNMET);
            recipe.refuses(jwt -> jwt.withClaim("ref", "refs/heads/main-2"), RefusalReason.ASSERTION_CONDITION_UNMET);
            recipe.refuses(
                    jwt -> jwt.withSubject("repo:octo-org/octo-repo:pull_request")
                            .withClaim("ref", "refs/pull/7/merge"),
                    RefusalReason.ASSERTION_CONDITION_UNMET);
            recipe.refuses(jwt -> jwt.withoutClaim("ref"), RefusalReason.ASSERTION_CONDITION_UNMET);
            recipe.refusesOtherAudiencesAndKeys();
        }
    }

    @Nested
    class Gitlab_ci {

        private Recipe recipe;

        @BeforeEach
        void open() throws IOException {
            recipe = new Recipe("""
                    {
                      "namespace_id": "72", "namespace_path": "my-group", "project_id": "20",
                      "project_path": "my-group/my-project", "user_id": "1", "user_login": "sample-user",
                      "user_email": "sample-user@example.com", "user_access_level": "developer",
                      "user_identities": [{"provider": "github", "extern_uid": "2435223452345"}],
                      "pipeline_id": "574", "pipeline_source": "push", "job_id": "302", "ref": "main",
                      "ref_type": "branch", "ref_path": "refs/heads/main", "ref_protected": "true",
                      "groups_direct": ["my-group"], "runner_id": 1, "runner_environment": "self-hosted",
                      "sha": "714a629c0b401fdce83e847fc9589983fc6f46bc", "project_visibility": "public",
                      "ci_config_ref_uri": "gitlab.com/my-group/my-project//.gitlab-ci.yml@refs/heads/main",
                      "ci_config_sha": "714a629c0b401fdce83e847fc9589983fc6f46bc",
                      "jti": "235b3a54-b797-45c7-ae9a-f72d7bc6ef5b", "iss": "https://gitlab.com",
                      "iat": 0, "nbf": -5, "exp": 3600,
                      "sub": "project_path:my-group/my-project:ref_type:branch:ref:main",
                      "aud": "https://as.example.com"
                    }""");
        }

        @Test
        @Requirement({"7523-5-02", "7521-6.3-02"})
        void lets_in_the_protected_branch_of_the_project() {
            JsonObject token = recipe.token(jwt -> jwt.withType("JWT"));
            assertThat(token.requireString("sub"))
                    .isEqualTo("gitlab/project_path:my-group/my-project:ref_type:branch:ref:main");
            recipe.isTakenOnce();
        }

        @Test
        @Requirement({"7523-5-02", "7521-6.3-02"})
        void keeps_out_the_neighbours() {
            for (String sub : List.of(
                    "project_path:my-group/other:ref_type:branch:ref:main",
                    "project_path:my-group/my-project:ref_type:branch:ref:feature",
                    "project_path:my-group/my-project:ref_type:tag:ref:main")) {
                recipe.refuses(jwt -> jwt.withSubject(sub), RefusalReason.ASSERTION_SUBJECT_REFUSED);
            }
            for (Map.Entry<String, Object> other : Map.<String, Object>of(
                            "project_id", "21",
                            "namespace_id", "73",
                            "ref_protected", "false",
                            "pipeline_source", "merge_request_event")
                    .entrySet()) {
                recipe.refuses(
                        jwt -> jwt.withClaim(other.getKey(), other.getValue()),
                        RefusalReason.ASSERTION_CONDITION_UNMET);
            }
            recipe.refuses(jwt -> jwt.withClaim("ref_protected", true), RefusalReason.ASSERTION_CONDITION_UNMET);
            recipe.refusesOtherAudiencesAndKeys();
        }
    }

    @Nested
    class Kubernetes {

        private Recipe recipe;

        @BeforeEach
        void open() throws IOException {
            recipe = new Recipe("""
                    {
                      "aud": ["https://as.example.com"], "exp": 600, "iat": 0, "nbf": 0,
                      "iss": "https://oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
                      "jti": "aed34954-b33a-4142-b1ec-389d6bbb4936",
                      "kubernetes.io": {
                        "namespace": "shop",
                        "node": {"name": "my-node", "uid": "646e7c5e-32d6-4d42-9dbd-e504e6cbe6b1"},
                        "pod": {"name": "my-pod", "uid": "5e0bd49b-f040-43b0-99b7-22765a53f7f3"},
                        "serviceaccount": {"name": "orders-worker", "uid": "14ee3fa4-a7e2-420f-9f9a-dbc4507c3798"}
                      },
                      "sub": "system:serviceaccount:shop:orders-worker"
                    }""");
        }

        @Test
        @Requirement({"7523-5-02", "7521-6.3-02", "D-04"})
        void lets_in_the_service_account_while_its_file_is_good() {
            assertThat(recipe.token().requireString("sub")).isEqualTo("eks/system:serviceaccount:shop:orders-worker");
            recipe.isTakenAgain(jwt -> jwt);
            recipe.isTakenAgain(jwt -> jwt.withoutClaim("jti"));
        }

        @Test
        @Requirement({"7523-5-02", "7521-6.3-02"})
        void keeps_out_the_neighbours() {
            for (String sub : List.of(
                    "system:serviceaccount:other:orders-worker",
                    "system:serviceaccount:shop:default",
                    "system:serviceaccount:shop:orders-worker-2",
                    "system:node:my-node")) {
                recipe.refuses(jwt -> jwt.withSubject(sub), RefusalReason.ASSERTION_SUBJECT_REFUSED);
            }
            recipe.takesForAStranger(jwt ->
                    jwt.withIssuer("https://oidc.eks.eu-central-1.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210"));
            recipe.refusesOtherAudiencesAndKeys();
        }
    }

    @Nested
    class A_pod_as_a_client {

        private static final String ISSUER =
                "https://container.googleapis.com/v1/projects/my-project/loca" + "tions/europe-west1/clusters/shop";
        private static final String POD = "system:serviceaccount:shop:orders-worker";

        private ServerFixture server;
        private TestJwt valid;

        @BeforeEach
        void open() throws IOException {
            String yaml = snippets().stream()
                    .filter(snippet -> snippet.contains("federated_identity"))
                    .findFirst()
                    .orElseThrow();
            String keys = FixedKeys.publicKeys(FixedKeys.rs256()).toJson();
            settings(yaml);
            Settings.Parties parties =
                    settings(yaml.replace("discovery: true", "jwks: " + keys)).parties();
            server = ServerFixture.with(
                    builder -> builder.resources(parties.resources().all())
                            .clients(InMemoryClientStore.of(parties.clients()))
                            .trustedIssuers(parties.trustedIssuers()));
            valid = TestJwt.of(
                    JsonObject.builder()
                            .put("aud", List.of(AUDIENCE))
                            .put("exp", NOW + 600)
                            .put("iat", NOW)
                            .put("nbf", NOW)
                            .put("iss", ISSUER)
                            .put("jti", "aed34954-b33a-4142-b1ec-389d6bbb4936")
                            .put("sub", POD)
                            .build(),
                    FixedKeys.rs256());
        }

        private TokenCall call(TestJwt jwt) {
            return server.clientCredentials().assertion(jwt).with("client_id", "orders-worker");
        }

        @Test
        @Requirement({"7523-5-02", "D-04"})
        void gets_tokens_while_its_file_is_good() {
            JsonObject token = call(valid).send().token().claims();
            assertThat(token.requireString("sub")).isEqualTo("orders-worker");
            assertThat(token.requireString("client_id")).isEqualTo("orders-worker");
            assertThat(token.requireString("scope")).isEqualTo("orders.read orders.write");
            call(valid).send().isIssued();
        }

        @Test
        @Requirement("7523-5-02")
        void is_none_of_its_neighbours() {
            for (String sub : List.of(
                    "system:serviceaccount:other:orders-worker",
                    "system:serviceaccount:shop:default",
                    "system:serviceaccount:shop:orders-worker-2")) {
                call(valid.withSubject(sub)).send().isInvalidClient().because(RefusalReason.CLIENT_IDENTITY_OTHER);
            }
            call(valid.withSubject("system:node:my-node"))
                    .send()
                    .isInvalidClient()
                    .because(RefusalReason.ASSERTION_SUBJECT_REFUSED);
            call(valid.withIssuer(ISSUER + "2")).send().isInvalidClient().because(RefusalReason.JWT_ISSUER);
            call(valid.withAudiences(AUDIENCE, "https://other.example.com"))
                    .send()
                    .isInvalidClient()
                    .because(RefusalReason.JWT_AUDIENCE);
            call(valid.signedWith(FixedKeys.stranger()))
                    .send()
                    .isInvalidClient()
                    .because(RefusalReason.JWT_ALGORITHM_NOT_ALLOWED);
        }
    }

    @Nested
    class Spiffe {

        private Recipe recipe;

        @BeforeEach
        void open() throws IOException {
            recipe = new Recipe("""
                    {
                      "aud": ["https://as.example.com"], "exp": 300, "iat": 0, "iss": "https://oidc-discovery.example.org",
                      "sub": "spiffe://example.org/ns/shop/sa/orders-worker"
                    }""");
        }

        @Test
        @Requirement({"7523-5-02", "7521-6.3-02", "D-04"})
        void lets_in_the_workloads_of_a_path_again_and_again() {
            JsonObject token = recipe.token(jwt -> jwt.withType("JWT"));
            assertThat(token.requireString("sub")).isEqualTo("spiffe://example.org/ns/shop/sa/orders-worker");
            recipe.isTakenAgain(jwt -> jwt);
            recipe.token(jwt -> jwt.withAudience(AUDIENCE));
        }

        @Test
        @Requirement({"7523-5-02", "7521-6.3-02"})
        void keeps_out_the_neighbours() {
            for (String sub : List.of(
                    "spiffe://example.org/ns/other/sa/orders-worker",
                    "spiffe://example.org/ns/shopping/sa/orders-worker",
                    "spiffe://example.com/ns/shop/sa/orders-worker",
                    "spiffe://example.org.evil.example/ns/shop/sa/x")) {
                recipe.refuses(jwt -> jwt.withSubject(sub), RefusalReason.ASSERTION_SUBJECT_REFUSED);
            }
            recipe.takesForAStranger(jwt -> jwt.withoutClaim("iss"));
            recipe.refuses(
                    jwt -> jwt.withExpiry(TestClock.START.plusSeconds(900)), RefusalReason.JWT_LIFETIME_TOO_LONG);
            recipe.refuses(jwt -> jwt.withAudience("spiffe://example.org/ns/shop"), RefusalReason.JWT_AUDIENCE);
            recipe.refuses(jwt -> jwt.withAudiences(AUDIENCE, "https://other.example.com"), RefusalReason.JWT_AUDIENCE);
        }
    }

    @Nested
    class Google_cloud {

        private Recipe recipe;

        @BeforeEach
        void open() throws IOException {
            recipe = new Recipe("""
                    {
                      "aud": "https://as.example.com", "azp": "110987294251917851298",
                      "email": "orders-job@my-project.iam.gserviceaccount.com", "email_verified": true, "exp": 3600,
                      "google": {"compute_engine": {
                        "instance_creation_timestamp": 1595155766, "instance_id": "4340508760561261530",
                        "instance_name": "vm-for-gcp", "project_id": "my-project", "project_number": 716149158341,
                        "zone": "us-central1-a"}},
                      "iat": 0, "iss": "https://accounts.google.com", "sub": "110987294251917851298"
                    }""");
        }

        @Test
        @Requirement({"7523-5-02", "7521-6.3-02", "D-04"})
        void lets_in_the_service_account() {
            JsonObject token = recipe.token(jwt -> jwt.withType("JWT"));
            assertThat(token.requireString("sub")).isEqualTo("google/orders-job");
            recipe.isTakenAgain(jwt -> jwt);
            recipe.token(jwt -> jwt.withoutClaim("google"));
        }

        @Test
        @Requirement({"7523-5-02", "7521-6.3-02"})
        void keeps_out_the_neighbours() {
            recipe.refuses(jwt -> jwt.withSubject("110987294251917851299"), RefusalReason.ASSERTION_SUBJECT_REFUSED);
            recipe.refuses(
                    jwt -> jwt.withClaim("email", "orders-job@other.iam.gserviceaccount.com"),
                    RefusalReason.ASSERTION_CONDITION_UNMET);
            recipe.refuses(jwt -> jwt.withClaim("email_verified", false), RefusalReason.ASSERTION_CONDITION_UNMET);
            recipe.refuses(jwt -> jwt.withoutClaim("email"), RefusalReason.ASSERTION_CONDITION_UNMET);
            recipe.refusesOtherAudiencesAndKeys();
        }
    }

    @Test
    void its_links_lead_somewhere_and_its_reasons_exist() throws IOException {
        String page = Files.readString(GUIDE);
        assertThat(Pattern.compile("\\]\\(([^)#]+)\\)").matcher(page).results().map(match -> match.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(GUIDE.resolveSibling(link)).exists());
        assertThat(Pattern.compile("`(assertion-[a-z-]+)`")
                        .matcher(page)
                        .results()
                        .map(match -> match.group(1)))
                .isNotEmpty()
                .isSubsetOf(Arrays.stream(RefusalReason.values())
                        .map(RefusalReason::id)
                        .toList());
    }

    @Test
    void has_a_recipe_for_each_of_these_platforms_and_no_other() throws IOException {
        assertThat(snippets().stream().filter(snippet -> snippet.startsWith("trusted_issuers:")))
                .hasSize(6);
    }
}
