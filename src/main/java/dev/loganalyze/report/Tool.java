package dev.loganalyze.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the tool says of itself. */
public final class Tool {
  /** Its name. */
  public static final String NAME = "loganalyze";

  /** Its version, as in the pom. */
  public static final String VERSION = resource("version").strip();

  private Tool() {}

  private static String resource(String name) {
    try (InputStream in = Tool.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
