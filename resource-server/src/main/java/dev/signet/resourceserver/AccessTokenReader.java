package dev.signet.resourceserver;

import dev.signet.core.http.BearerCredentials;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import dev.signet.jwt.UnverifiedJwt;
import java.util.List;
import java.util.Map;

/**
 * Reads a token as far as is needed to know whose it is: in the clear, or encrypted as was agreed with its issuer
 * (RFC 9068 §4). Nothing that is read is proven.
 */
final class AccessTokenReader {

    private final Map<String, IssuerRules> trusted;
    private final List<AccessTokenEncryption> agreements;

    /**
     * A reader.
     *
     * @param agreements how tokens are encrypted, those of each issuer once, in the order in which they are tried
     */
    AccessTokenReader(Map<String, IssuerRules> trusted, List<AccessTokenEncryption> agreements) {
        this.trusted = trusted;
        this.agreements = agreements;
    }

    /** The signed JWT. */
    UnverifiedJwt read(BearerCredentials.Token presented) {
        if (agreements.isEmpty()) {
            return UnverifiedJwt.parseFrom(presented.field(), presented.start());
        }
        String token = presented.value();
        return EncryptedJwt.looksEncrypted(token) ? decrypt(token) : inTheClear(token);
    }

    /** The rules for the tokens of the issuer that a JWT claims to be from. */
    IssuerRules rules(UnverifiedJwt jwt) {
        IssuerRules rules = trusted.get(jwt.claimedIssuer().orElse(""));
        if (rules == null) {
            throw new JwtRejected(Reason.ISSUER, "iss is not a trusted issuer");
        }
        return rules;
    }

    private UnverifiedJwt inTheClear(String token) {
        UnverifiedJwt jwt = UnverifiedJwt.parse(token);
        if (rules(jwt).encryption().isPresent()) {
            throw new JwtRejected(Reason.ENCRYPTION, "the token is not encrypted, though that was agreed");
        }
        return jwt;
    }

    /** Whose token it is shows only inside, and what opened it may be an agreement with somebody else. */
    private UnverifiedJwt decrypt(String token) {
        EncryptedJwt encrypted = EncryptedJwt.parse(token);
        UnverifiedJwt jwt = open(encrypted);
        AccessTokenEncryption agreed = rules(jwt)
                .encryption()
                .orElseThrow(
                        () -> new JwtRejected(Reason.ENCRYPTION, "the token is encrypted, though that was not agreed"));
        return agreements.size() == 1 ? jwt : reopen(encrypted, agreed);
    }

    private static UnverifiedJwt reopen(EncryptedJwt encrypted, AccessTokenEncryption agreed) {
        try {
            return agreed.decrypt(encrypted);
        } catch (JwtRejected otherwise) {
            throw new JwtRejected(Reason.ENCRYPTION, "the token is encrypted as was agreed with another issuer");
        }
    }

    private UnverifiedJwt open(EncryptedJwt encrypted) {
        JwtRejected refusal = new JwtRejected(Reason.DECRYPTION_FAILED, "the JWE cannot be decrypted");
        for (AccessTokenEncryption agreement : agreements) {
            try {
                return agreement.decrypt(encrypted);
            } catch (JwtRejected rejected) {
                refusal = rejected;
            }
        }
        throw refusal;
    }
}
