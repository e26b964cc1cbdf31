/** Looks at bytes eight at a time, for the rooms that look at all bytes of a log. */
package dev.loganalyze.bytes;
