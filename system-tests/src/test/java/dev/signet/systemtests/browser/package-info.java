/** The pages of the program in a real browser, from the first to the last, with and without scripts. */
package dev.signet.systemtests.browser;
