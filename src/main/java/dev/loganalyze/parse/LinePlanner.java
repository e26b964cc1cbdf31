package dev.loganalyze.parse;

/** Tells what the grammar {@code LogLineParser} makes of the tokens of a line. */
interface LinePlanner {
  /** The records of the line that has these tokens. */
  Plan of(Tokens tokens);
}
