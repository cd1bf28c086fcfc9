package dev.signet.app.config;

import dev.signet.authorizationserver.accesstoken.PairwiseKey;
import java.util.Optional;

/**
 * What holds for the access tokens of all resources.
 *
 * @param warningLength the longest that is not reported as large, in octets
 * @param pairwiseKey names subjects where each resource knows them under another name
 */
public record AccessTokenSettings(int warningLength, Optional<PairwiseKey> pairwiseKey) {}
