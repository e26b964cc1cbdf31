/**
 * Reads systemd journals without journalctl (binary files, Journal Export Format, JSON) and prints
 * them as journalctl does.
 *
 * <p>Knows the formats of journals; knows nothing of boots, rules or findings.
 */
package dev.loganalyze.journal;
