package dev.signet.authorizationserver.registry;

import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Whether the refresh tokens of a client are replaced when they are used (D-29). */
final class RefreshTokenMetadata implements FeatureMetadata {

    private static final String ROTATE = "rotate_refresh_tokens";
    private static final String GRACE = "refresh_token_grace";

    @Override
    public Set<String> members() {
        return Set.of(ROTATE, GRACE);
    }

    /** The grace is a leniency. */
    @Override
    public Set<String> registrable() {
        return Set.of(ROTATE);
    }

    @Override
    public void read(MemberReader metadata, RegisteredClient.Builder client) {
        metadata.read(ROTATE, () -> {
            boolean rotated = metadata.findFlag(ROTATE).orElse(false);
            long grace = metadata.findNumber(GRACE).orElse(0L);
            client.refreshTokenRotation(new RefreshTokenRotation(rotated, Duration.ofSeconds(grace)));
        });
    }

    @Override
    public void write(RegisteredClient client, JsonObject.Builder json) {
        RefreshTokenRotation rotation = client.refreshTokenRotation();
        if (rotation.isRotated() && client.authenticationMethod() != ClientAuthenticationMethod.NONE) {
            json.put(ROTATE, true);
        }
        if (!rotation.grace().isZero()) {
            json.put(GRACE, rotation.grace().toSeconds());
        }
    }

    @Override
    public void check(RegisteredClient.Builder client, List<String> faults) {
        if (client.refreshTokenRotation.equals(RefreshTokenRotation.NONE)) {
            return;
        }
        if (!client.grantTypes.contains(GrantType.REFRESH_TOKEN) && !client.isAtFault("grant_types")) {
            faults.add("rotate_refresh_tokens is given without the grant type refresh_token");
        }
        if (client.authenticationMethod == ClientAuthenticationMethod.NONE) {
            faults.add(
                    "rotate_refresh_tokens and refresh_token_grace are for clients that authenticate: the refresh tokens of others "
                            + "are always rotated, without a grace");
        }
    }
}
