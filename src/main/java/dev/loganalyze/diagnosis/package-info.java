/**
 * From findings to causes: which finding explains which, what the root causes are, and the verdict.
 *
 * <p>{@code Analyzer} is the way of the data from a source to its {@code Run}, and pure.
 */
package dev.loganalyze.diagnosis;
