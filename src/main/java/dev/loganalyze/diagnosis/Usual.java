package dev.loganalyze.diagnosis;

import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import java.util.HashSet;
import java.util.Set;

/** What a healthy machine says when it boots: the shapes of its lines, and who speaks. */
public final class Usual {
  private final String name;
  private final Set<String> shapes = new HashSet<>();
  private final Set<String> speakers = new HashSet<>();

  private Usual(String name) {
    this.name = name;
  }

  /**
   * What {@code entries} say.
   *
   * @param name of the log, for reports
   */
  public static Usual of(String name, Entries entries) {
    Usual usual = new Usual(name);
    for (Entry entry : entries) {
      usual.shapes.add(LineShapes.of(entry.message().strip()));
      usual.speakers.add(speaker(entry));
    }
    return usual;
  }

  /** The log's name. */
  String name() {
    return name;
  }

  /** Whether the healthy machine says this, too, but for numbers. */
  boolean says(String shape) {
    return shapes.contains(shape);
  }

  /** Whether the unit or the process of {@code entry} speaks, or is spoken of, there. */
  boolean knows(Entry entry) {
    String speaker = speaker(entry);
    return speaker.isEmpty() || speakers.contains(speaker);
  }

  private static String speaker(Entry entry) {
    return LineShapes.of(entry.unit().isEmpty() ? entry.identifier() : entry.unit());
  }
}
