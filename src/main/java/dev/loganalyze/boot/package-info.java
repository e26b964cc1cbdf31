/**
 * The model of a boot: splits a log into boots and says of each how far it came, what became of its
 * units, and how it ended.
 *
 * <p>Reads entries only; knows no rule.
 */
package dev.loganalyze.boot;
