package dev.signet.app.config;

/**
 * What is remembered about revoked access tokens.
 *
 * @param allowIrrevocableAccessTokens whether nothing is, and none can be revoked
 * @param inMemory how many are known without asking the store
 */
public record RevocationSettings(boolean allowIrrevocableAccessTokens, int inMemory) {}
