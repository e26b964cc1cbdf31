/**
 * Says when everything of a boot happened and where the time went: clocks and their alignment,
 * figures, units, spans, the critical chain, stalls.
 *
 * <p>Knows entries and boots; of rules and reports it knows nothing.
 */
package dev.loganalyze.timing;
