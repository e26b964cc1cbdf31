package dev.loganalyze.fleet;

import dev.loganalyze.input.InputException;
import dev.loganalyze.report.Tool;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code spark-submit} starts: from logs to tables. */
@Command(
    name = "loganalyze-spark.jar",
    mixinStandardHelpOptions = true,
    description = "Analyses logs on a Spark cluster and writes what was found as Parquet tables.")
public final class FleetJob implements Callable<Integer> {
  /** As the command line of one machine has it: wrong usage, or nothing that could be read. */
  private static final int UNUSABLE = 2;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Logs, archives of logs, folders and globs, on any file system that Hadoop knows.")
  private List<String> paths;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      required = true,
      description = "Where the tables shall be; must not be there yet.")
  private String into;

  /** Runs the job; ends the process with an exit status only when there was none to run. */
  public static void main(String[] args) {
    CommandLine commandLine = new CommandLine(new FleetJob());
    commandLine.getCommandSpec().version(Tool.NAME + " " + Tool.VERSION);
    commandLine.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          if (e instanceof InputException) {
            command.getErr().println(Tool.NAME + ": " + e.getMessage());
            return UNUSABLE;
          }
          throw e;
        });
    int status = commandLine.execute(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() throws InputException, IOException {
    try (SparkSession spark = SparkSession.builder().appName(Tool.NAME).getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      Configuration hadoop = context.hadoopConfiguration();
      Path target = new Path(into);
      FileSystem files = target.getFileSystem(hadoop);
      if (files.exists(target)) {
        throw new InputException(
            into + " is there already; give --into a folder that is not, or remove it");
      }
      Dataset<Row> said = analyzed(Log.tasks(Log.find(paths, hadoop)), spark, context);
      // The tables are there when all of them are.
      Path unfinished = target.suffix(".unfinished");
      files.delete(unfinished, true);
      for (Map.Entry<String, Dataset<Row>> table : Tables.of(said).entrySet()) {
        table.getValue().write().parquet(new Path(unfinished, table.getKey()).toString());
      }
      if (!files.rename(unfinished, target)) {
        throw new IOException(unfinished + " could not be renamed to " + target);
      }
      spec.commandLine().getOut().println(into + ": " + told(said));
    }
    return 0;
  }

  /** What {@link LogTask} says of all logs; kept on disk, since five tables are made of it. */
  private static Dataset<Row> analyzed(
      List<List<Log>> tasks, SparkSession spark, JavaSparkContext context) {
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    JavaRDD<Row> said =
        context
            .parallelize(tasks, tasks.size())
            .flatMap(logs -> LogTask.said(logs, hadoop.value().value()))
            .persist(StorageLevel.DISK_ONLY());
    return spark.createDataFrame(said, LogTask.SAID);
  }

  private static String told(Dataset<Row> said) {
    long unread = said.filter("unreadable IS NOT NULL").count();
    return said.count()
        + " rows in runs"
        + (unread == 0 ? "" : ", " + unread + " of them with what could not be read: unreadable");
  }
}
