package dev.loganalyze.fleet;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.from_json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The JSON lines of runs as tables. Columns are members of the JSON by its own names; which there
 * are and of what type, its schema says. Four lists are tables of their own, whose rows begin with
 * {@code run}, the name of the run, and {@code boot}, the index of the boot in it; all else stays
 * in the row that it belongs to.
 */
final class Tables {
  /** A line that does not fit the schema ends the job; a long text in one does not. */
  private static final Map<String, String> READING =
      Map.of("mode", "FAILFAST", "maxStringLen", String.valueOf(Integer.MAX_VALUE));

  private Tables() {}

  /** The tables of {@code said}, which has the columns of {@link LogTask#SAID}, by their names. */
  static Map<String, Dataset<Row>> of(Dataset<Row> said) {
    Dataset<Row> runs =
        said.select(from_json(col("json"), JsonSchema.line(), READING).as("it"), col("unreadable"));
    Dataset<Row> boots = runs.select(col("it.name").as("run"), explode(col("it.boots")).as("it"));
    Dataset<Row> findings =
        runs.select(col("it.name").as("run"), explode(col("it.findings")).as("it"));
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    tables.put("runs", flat(runs, Set.of("boots", "findings")));
    tables.put("boots", flat(boots, Set.of("units", "phases")));
    tables.put("findings", flat(findings, Set.of()));
    tables.put("units", flat(inBoots(boots, "units"), Set.of()));
    tables.put("phases", flat(inBoots(boots, "phases"), Set.of()));
    return tables;
  }

  private static Dataset<Row> inBoots(Dataset<Row> boots, String list) {
    return boots.select(
        col("run"), col("it.index").as("boot"), explode(col("it." + list)).as("it"));
  }

  /** With a column for each member of {@code it} that is no table. */
  private static Dataset<Row> flat(Dataset<Row> rows, Set<String> tables) {
    List<Column> columns = new ArrayList<>();
    for (String column : rows.columns()) {
      if (column.equals("it")) {
        StructType members = (StructType) rows.schema().apply("it").dataType();
        for (String member : members.fieldNames()) {
          if (!tables.contains(member)) {
            columns.add(col("it." + member));
          }
        }
      } else {
        columns.add(col(column));
      }
    }
    return rows.select(columns.toArray(Column[]::new));
  }
}
