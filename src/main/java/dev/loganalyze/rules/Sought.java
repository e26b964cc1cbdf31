package dev.loganalyze.rules;

import dev.loganalyze.boot.Boots;
import dev.loganalyze.crash.CrashReports;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.pattern.Hits;
import dev.loganalyze.pattern.PatternSet;
import dev.loganalyze.resource.Packed;
import dev.loganalyze.session.Traces;
import dev.loganalyze.transcript.Transcript;
import java.util.ArrayList;
import java.util.List;

/**
 * All that an analysis looks for in lines, as one automaton: the patterns of rules, and behind them
 * {@link CrashReports#beginnings}, {@link Traces#beginnings}, {@link Boots#sessions} and {@link
 * Transcript#secretBeginnings}. Immutable and safe for use by several threads.
 */
public final class Sought {
  private final PatternSet patterns;

  // The numbers of the first of each.

  private final int reports;
  private final int traces;
  private final int sessions;

  private Sought(PatternSet patterns, int reports, int traces, int sessions) {
    this.patterns = patterns;
    this.reports = reports;
    this.traces = traces;
    this.sessions = sessions;
  }

  /** What is sought for rules with these {@code expressions}, of which some may be null. */
  static Sought of(List<Expression> expressions) {
    List<Expression> all = new ArrayList<>(expressions);
    all.addAll(CrashReports.beginnings());
    int traces = all.size();
    all.addAll(Traces.beginnings());
    int sessions = all.size();
    all.addAll(Boots.sessions());
    all.addAll(Transcript.secretBeginnings());
    return new Sought(new PatternSet(all), expressions.size(), traces, sessions);
  }

  /** That which {@link #pack} has written. */
  static Sought of(Packed.Reader in) {
    int reports = in.integer();
    int traces = in.integer();
    int sessions = in.integer();
    return new Sought(new PatternSet(in), reports, traces, sessions);
  }

  /** Writes it down, with what its scanners, which are closed, have learnt. */
  void pack(Packed.Writer out) {
    out.integer(reports);
    out.integer(traces);
    out.integer(sessions);
    patterns.pack(out);
  }

  /** All of it. */
  public PatternSet patterns() {
    return patterns;
  }

  /** What of it occurs in the messages of {@code entries}, by their index. */
  public Hits in(Entries entries) {
    return in(patterns, entries);
  }

  /** What of {@code patterns} occurs in the messages of {@code entries}, by their index. */
  static Hits in(PatternSet patterns, Entries entries) {
    return patterns.in(entries.buffer(), entries.size(), entries::messageFrom, entries::messageTo);
  }

  /** Of what was found, the beginnings of crash reports. */
  public Hits reports(Hits hits) {
    return hits.of(reports, traces);
  }

  /** Of what was found, the beginnings of stack traces. */
  public Hits traces(Hits hits) {
    return hits.of(traces, sessions);
  }

  /** The first number that is no rule's. */
  public int firstReport() {
    return reports;
  }

  /** The first number behind those of reports and traces. */
  public int firstSession() {
    return sessions;
  }
}
