/**
 * Signet in a Jakarta Servlet container. The resource server (RFC 6750, RFC 9728): {@link
 * dev.signet.servlet.AccessTokenFilter} lets pass who has an access token, {@link dev.signet.servlet.ResourceMetadataServlet}
 * says where to get one. The authorization server (RFC 6749 §3): {@link dev.signet.servlet.AuthorizationServerServlet}.
 */
@NullMarked
package dev.signet.servlet;

import org.jspecify.annotations.NullMarked;
