/**
 * Who typed what on a console, and what came back. Knows entries and boots; rules, reports and the
 * clock of the machine it does not know.
 */
package dev.loganalyze.session;
