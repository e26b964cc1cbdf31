package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Goal;
import dev.loganalyze.report.Format;
import dev.loganalyze.report.TimingFormat;
import dev.loganalyze.rules.Rule;
import dev.loganalyze.rules.Severity;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The words that options and arguments take, for completion. */
final class Words {
  private Words() {}

  private abstract static class Candidates implements Iterable<String> {
    abstract Stream<String> words();

    @Override
    public Iterator<String> iterator() {
      return words().iterator();
    }
  }

  /** Formats of reports. */
  static final class Formats extends Candidates {
    @Override
    Stream<String> words() {
      return Arrays.stream(Format.values()).map(Format::word);
    }
  }

  /** Formats of times. */
  static final class TimingFormats extends Candidates {
    @Override
    Stream<String> words() {
      return Arrays.stream(TimingFormat.values()).map(TimingFormat::word);
    }
  }

  /** Formats of entries. */
  static final class TextOrJsonLines extends Candidates {
    @Override
    Stream<String> words() {
      return Stream.of("text", "jsonl");
    }
  }

  /** What {@code --fail-on} takes. */
  static final class Severities extends Candidates {
    @Override
    Stream<String> words() {
      return Stream.concat(
          Arrays.stream(Severity.values()).map(Severity::word), Stream.of("never"));
    }
  }

  /** What {@code --color} takes. */
  static final class Colors extends Candidates {
    @Override
    Stream<String> words() {
      return Stream.of("auto", "always", "never");
    }
  }

  /** Places that a boot reaches. */
  static final class Places extends Candidates {
    @Override
    Stream<String> words() {
      return Goal.words().stream();
    }
  }

  /** Ids of the rules that come with the program. */
  static final class Rules extends Candidates {
    @Override
    Stream<String> words() {
      return RulesCommand.load(List.of()).rules().stream().map(Rule::id);
    }
  }
}
