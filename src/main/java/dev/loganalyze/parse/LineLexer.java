package dev.loganalyze.parse;

/** Tells the tokens of a plain line by the grammar {@code LogLineLexer}. For one thread. */
interface LineLexer {
  /**
   * Adds the tokens of {@code buffer[from, to)} and of the LF that ends it to {@code tokens}.
   *
   * @param mode of the grammar, in which the line begins
   */
  void read(byte[] buffer, int from, int to, int mode, Tokens tokens);
}
