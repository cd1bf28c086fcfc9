package dev.signet.app.pages;

import dev.signet.core.Issuer;

/**
 * Where the pages are: below the issuer's path, as all endpoints.
 *
 * @param host as people see it in the address bar
 * @param account where somebody sees what was allowed
 * @param signOut the way out
 * @param stylesheet what the pages look like
 * @param mark the picture at their top
 */
record PagePaths(String host, String account, String signOut, String stylesheet, String mark) {

    static PagePaths of(Issuer issuer, PageAsset stylesheet, PageAsset mark) {
        String base = issuer.path();
        return new PagePaths(
                issuer.uri().getAuthority(),
                base + "/account",
                base + "/logout",
                base + "/assets/" + stylesheet.fingerprint() + ".css",
                base + "/assets/" + mark.fingerprint() + ".svg");
    }
}
