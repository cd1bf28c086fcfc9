/**
 * The resource server in a Jakarta Servlet container (RFC 6750, RFC 9728): {@link dev.signet.servlet.AccessTokenFilter} lets
 * pass who has an access token, {@link dev.signet.servlet.ResourceMetadataServlet} says where to get one.
 */
@NullMarked
package dev.signet.servlet;

import org.jspecify.annotations.NullMarked;
