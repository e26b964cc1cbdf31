/**
 * Regular expressions as rules write them: which of many occur in a line, told in one pass over its
 * bytes. Knows RE2's syntax and nothing of logs.
 */
package dev.loganalyze.pattern;
