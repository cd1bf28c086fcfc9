/**
 * What people see: pages to sign in, to let a client do something, to take that back and to leave (RFC 6749 §3.1, §10.12, §10.13).
 * They work without scripts, and nothing in them comes from elsewhere.
 */
@NullMarked
package dev.signet.app.pages;

import org.jspecify.annotations.NullMarked;
