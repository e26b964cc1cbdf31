package dev.loganalyze.parse;

import dev.loganalyze.parse.grammar.LogLineLexer;
import dev.loganalyze.stamp.StampFormat;
import java.util.List;

/** Runs the grammar {@code LogLine} over one line after the other; for one thread. */
final class LineReader {
  /** Those of the line that was read last. */
  final Tokens tokens = new Tokens();

  private final Envelope envelope;
  private final LineLexer lexer;
  private final LinePlanner planner;

  LineReader(Envelope envelope, LineParser.Engine engine) {
    this.envelope = envelope;
    boolean table = engine == LineParser.Engine.TABLE;
    lexer = table ? new TableLexer() : new AntlrLexer();
    planner = table ? Plans.all() : new AntlrPlanner();
  }

  /** The records of the line {@code [from, to)}, whose stamp the envelope has read. */
  List<Plan.Part> read(byte[] buffer, int from, int to) {
    if (envelope.stamp == null) {
      tokens.clear(from);
      lexer.read(buffer, from, to, LogLineLexer.DEFAULT_MODE, tokens);
      return planner.of(tokens).parts;
    }
    return after(envelope.stamp.format().kind(), buffer, envelope.end, to);
  }

  /** The records of a line that PID 1 says without naming itself. */
  List<Plan.Part> asManager(byte[] buffer, int from, int to) {
    return after(LogLineLexer.MANAGER, LogLineLexer.SENTENCE, buffer, from, to);
  }

  /** The records of a line that the kernel says without a stamp. */
  List<Plan.Part> asKernel(byte[] buffer, int from, int to) {
    return after(StampFormat.Kind.KERNEL, buffer, from, to);
  }

  /** Those of what follows a stamp of that kind; a token before them stands for the stamp. */
  private List<Plan.Part> after(StampFormat.Kind stamp, byte[] buffer, int from, int to) {
    return switch (stamp) {
      case JOURNAL -> {
        int mode = envelope.isHostless() ? LogLineLexer.IDENT : LogLineLexer.HOSTNAME;
        yield after(LogLineLexer.JOURNAL, mode, buffer, from, to);
      }
      case SYSLOG -> after(LogLineLexer.SYSLOG, LogLineLexer.RFC5424, buffer, from, to);
      case KERNEL -> after(LogLineLexer.DMESG, LogLineLexer.KERNEL, buffer, from, to);
      case CAPTURE -> throw new IllegalStateException("captures are peeled");
    };
  }

  /** Those of a line as if a token of type {@code before} stood before it. */
  private List<Plan.Part> after(int before, int mode, byte[] buffer, int from, int to) {
    tokens.clear(from);
    tokens.add(before, from);
    lexer.read(buffer, from, to, mode, tokens);
    return planner.of(tokens).parts;
  }
}
