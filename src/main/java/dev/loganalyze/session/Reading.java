package dev.loganalyze.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.resource.Json;
import dev.loganalyze.session.Exchange.Said;
import dev.loganalyze.session.Fact.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An answer on its way into facts: what was asked, what came back, and what was read of it. */
final class Reading {
  /** {@code NAME="vda" SIZE="10G"}: lsblk, findmnt and blkid print such pairs. */
  private static final Pattern PAIR = Pattern.compile("([A-Za-z_:%-]+)=\"([^\"]*)\"");

  /** So many facts of one answer are kept. */
  private static final int MAX_FACTS = 5000;

  /** So many characters of JSON are read. */
  private static final int MAX_JSON = 1_000_000;

  private final Command command;
  private final Exchange exchange;
  private final int boot;
  private final boolean alone;
  private final List<Said> answer;
  private final List<Fact> facts = new ArrayList<>();

  /** Where each quoted word of JSON stands first. */
  private final Map<String, Said> quoted = new HashMap<>();

  /**
   * @param alone whether nothing else that the line ran printed
   */
  Reading(Command command, boolean alone, Exchange exchange, int boot) {
    this.command = command;
    this.alone = alone;
    this.exchange = exchange;
    this.boot = boot;
    this.answer = exchange.output().stream().filter(said -> !said.spliced()).toList();
  }

  Command command() {
    return command;
  }

  /** Whether all of the answer is this command's. */
  boolean alone() {
    return alone;
  }

  /** The lines of the answer. */
  List<Said> answer() {
    return answer;
  }

  List<Fact> facts() {
    return facts;
  }

  /** Adds what line {@code said} says; {@code fields} are names and values in turn. */
  void add(Kind kind, Said said, String... fields) {
    add(kind, said.entry(), said.line(), fields);
  }

  /** Adds what the lack of an answer says. */
  void addUnsaid(Kind kind, String... fields) {
    add(kind, exchange.firstEntry(), exchange.firstLine(), fields);
  }

  private void add(Kind kind, int entry, int line, String... fields) {
    if (facts.size() < MAX_FACTS) {
      Map<String, String> map = new LinkedHashMap<>();
      for (int f = 0; f < fields.length; f += 2) {
        map.put(fields[f], fields[f + 1] == null ? "" : fields[f + 1]);
      }
      facts.add(new Fact(kind, boot, line, List.of(entry), Map.copyOf(map)));
    }
  }

  /** A row of a table, with the line it stands in. */
  record Row(Said said, Map<String, String> cells) {
    /** The first of {@code names} that the row has a cell of, or empty. */
    String cell(String... names) {
      for (String name : names) {
        if (cells.containsKey(name)) {
          return cells.get(name);
        }
      }
      return "";
    }
  }

  /**
   * The rows below the last line before them that has a column of each of {@code names}; a line
   * with one word is a row of one column alone.
   */
  List<Row> table(String... names) {
    List<Row> rows = new ArrayList<>();
    Columns columns = null;
    for (Said said : answer) {
      Columns header = Columns.of(said.text());
      if (header.has(names)) {
        columns = header;
      } else if (columns != null) {
        Map<String, String> cells = columns.row(said.text());
        if (cells.size() >= Math.min(2, columns.size())) {
          rows.add(new Row(said, cells));
        }
      }
    }
    return rows;
  }

  /** The rows of a table without a header, whose columns option {@code -o} names. */
  List<Row> rows(String output, String separator) {
    List<Row> rows = new ArrayList<>();
    String[] names = output.toLowerCase(Locale.ROOT).split(",", -1);
    for (Said said : answer) {
      String text = said.text().strip();
      List<String> cells =
          separator.isEmpty() ? List.of(text.split(" +", names.length)) : split(text, separator);
      Map<String, String> row = new LinkedHashMap<>();
      for (int n = 0; n < names.length && n < cells.size(); n++) {
        row.put(names[n], cells.get(n).strip());
      }
      if (cells.size() == names.length) {
        rows.add(new Row(said, row));
      }
    }
    return rows;
  }

  private static List<String> split(String text, String separator) {
    List<String> cells = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      cells.add(text.substring(from, at));
      from = at + separator.length();
    }
    cells.add(text.substring(from));
    return cells;
  }

  /** The lines that are {@code NAME="value"} pairs; names are in lower case. */
  List<Row> pairs() {
    List<Row> rows = new ArrayList<>();
    for (Said said : answer) {
      Matcher pair = PAIR.matcher(said.text());
      Map<String, String> cells = new LinkedHashMap<>();
      while (pair.find()) {
        cells.put(pair.group(1).toLowerCase(Locale.ROOT), pair.group(2));
      }
      if (!cells.isEmpty()) {
        rows.add(new Row(said, cells));
      }
    }
    return rows;
  }

  /** The answer as JSON; a missing node when it is none. */
  JsonNode json() {
    StringBuilder text = new StringBuilder();
    for (Said said : answer) {
      if (text.length() + said.text().length() < MAX_JSON) {
        text.append(said.text()).append('\n');
      }
    }
    try {
      return Json.read(text.toString());
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** The first line of the answer in which {@code text} stands in quotes, else its first line. */
  Said lineWith(String text) {
    if (quoted.isEmpty()) {
      for (Said said : answer) {
        int from = said.text().indexOf('"');
        while (from >= 0) {
          int to = said.text().indexOf('"', from + 1);
          if (to > from) {
            quoted.putIfAbsent(said.text().substring(from + 1, to), said);
          }
          from = to < 0 ? -1 : said.text().indexOf('"', to + 1);
        }
      }
    }
    return quoted.getOrDefault(text, answer.get(0));
  }
}
