/**
 * Turns plain console lines into entries: who spoke, when, and what shape the sentence has.
 *
 * <p>The only room that uses the generated ANTLR code; no generated type leaves it.
 */
package dev.loganalyze.parse;
