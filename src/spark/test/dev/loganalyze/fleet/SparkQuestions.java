package dev.loganalyze.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Asks Spark the questions of docs/fleet.md. */
public final class SparkQuestions {
  private SparkQuestions() {}

  /** Writes the answer of each question of the page {@code args[0]} into the folder args[1]. */
  public static void main(String[] args) throws IOException {
    FleetPage page = new FleetPage(Path.of(args[0]));
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      page.statements("## In Spark").forEach(spark::sql);
      List<String> questions = page.statements("## Questions");
      for (int i = 0; i < questions.size(); i++) {
        List<String> rows = spark.sql(questions.get(i)).toJSON().collectAsList();
        Files.write(Path.of(args[1]).resolve(i + ".jsonl"), rows);
      }
    }
  }
}
