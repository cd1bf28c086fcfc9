package dev.signet.app.config;

import dev.signet.app.pages.Pages;
import dev.signet.app.pages.SessionLimits;

/**
 * How people sign in.
 *
 * @param sessions how long they stay signed in
 * @param look what the pages look like
 */
public record PageSettings(SessionLimits sessions, Pages.Look look) {}
