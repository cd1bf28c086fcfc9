package dev.signet.authorizationserver.registry;

/** What a client secret may look like. */
final class SecretSyntax {

    private SecretSyntax() {}

    static void require(String secret) {
        if (secret.length() < ClientSecret.MINIMUM_LENGTH || secret.length() > ClientSecret.MAXIMUM_LENGTH) {
            throw new IllegalArgumentException("client_secret must have " + ClientSecret.MINIMUM_LENGTH + " to "
                    + ClientSecret.MAXIMUM_LENGTH + " characters");
        }
        if (secret.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("client_secret must not hold a control character");
        }
    }
}
