package dev.loganalyze.fleet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.diagnosis.RunFolders;
import dev.loganalyze.input.Candidates;
import dev.loganalyze.input.Contents;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Source;
import dev.loganalyze.report.Format;
import dev.loganalyze.report.Printable;
import dev.loganalyze.report.ReportOptions;
import dev.loganalyze.report.Tool;
import dev.loganalyze.rules.RuleSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What an executor does with logs: reads each, analyses it, and says what {@code --format jsonl}
 * says of it. A log that cannot be read is a row, too.
 */
final class LogTask {
  /**
   * A row a run: {@code json}, its line; and {@code unreadable}, sentences about what of it could
   * not be read, or null. Where there is no run to tell of, the line has its name alone.
   */
  static final StructType SAID =
      new StructType()
          .add("json", DataTypes.StringType)
          .add("unreadable", DataTypes.createArrayType(DataTypes.StringType));

  /** Read once in each executor. */
  private static final class Loaded {
    static final Analyzer ANALYZER = new Analyzer(RuleSet.builtIn());
  }

  private final List<Row> rows = new ArrayList<>();

  private LogTask() {}

  /**
   * The rows of {@code logs}, in their order, made one log after the other as they are asked for.
   */
  static Iterator<Row> said(List<Log> logs, Configuration hadoop) {
    return logs.stream().flatMap(log -> new LogTask().read(log, hadoop).stream()).iterator();
  }

  private List<Row> read(Log log, Configuration hadoop) {
    Path path = new Path(log.uri());
    boolean named = log.origin() == Log.Origin.NAMED;
    Contents contents =
        Inputs.open(
            new Inputs.Located(log.name(), null, named),
            Loaded.ANALYZER.excerpter(),
            () -> path.getFileSystem(hadoop).open(path));
    if (!contents.failures().isEmpty()) {
      unread(
          contents.name(), contents.failures().stream().map(InputException::getMessage).toList());
    }
    try {
      for (RunFolders.Run run : runs(log, contents)) {
        analyze(run);
      }
    } catch (InputException e) {
      unread(contents.name(), List.of(e.getMessage()));
    } finally {
      contents.logs().forEach(Source::close);
    }
    return rows;
  }

  private static List<RunFolders.Run> runs(Log log, Contents contents) throws InputException {
    if (contents.archive()) {
      return RunFolders.in(contents.logs());
    }
    return contents.logs().stream()
        .filter(source -> log.origin() != Log.Origin.FOLDER || Candidates.byHead(source))
        .map(source -> new RunFolders.Run(log.name(), List.of(source)))
        .toList();
  }

  private void analyze(RunFolders.Run logs) {
    List<String> damage =
        logs.sources().stream().map(Source::damage).filter(d -> !d.isEmpty()).toList();
    try {
      for (Run run : Loaded.ANALYZER.analyzeAll(logs.name(), logs.sources())) {
        row(line(run), damage);
      }
    } catch (InputException e) {
      unread(logs.name(), List.of(e.getMessage()));
    } catch (OutOfMemoryError e) {
      unread(
          logs.name(),
          List.of(
              logs.name()
                  + ": the memory of an executor does not suffice for it; give more with"
                  + " --executor-memory"));
    } catch (RuntimeException | StackOverflowError e) {
      // One log must not cost the others their job.
      unread(
          logs.name(),
          List.of(
              logs.name()
                  + ": "
                  + e
                  + "; this is a fault of loganalyze "
                  + Tool.VERSION
                  + ", analyse this log with loganalyze --debug and report what it prints"));
    }
  }

  private void unread(String name, List<String> sentences) {
    row(JsonNodeFactory.instance.objectNode().put("name", name).toString(), sentences);
  }

  private void row(String json, List<String> unreadable) {
    rows.add(
        RowFactory.create(
            json,
            unreadable.isEmpty() ? null : unreadable.stream().map(Printable::text).toArray()));
  }

  private static String line(Run run) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      Format.JSONL.report(ReportOptions.PLAIN).write(List.of(run), line);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes all bytes", e);
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
