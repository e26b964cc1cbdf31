package dev.loganalyze.resource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A file that comes with the program. */
public final class ProgramFile {
  private ProgramFile() {}

  /**
   * What is in it.
   *
   * @param path from the root of the program's classes, as in {@code
   *     dev/loganalyze/parse/LogLine.plans}
   * @throws IllegalStateException when the program was built without it
   */
  public static byte[] bytes(String path) {
    URL file = ProgramFile.class.getResource("/" + path);
    if (file == null) {
      throw new IllegalStateException(path + " is missing from the program");
    }
    try {
      URLConnection opened = file.openConnection();
      try (InputStream in = opened.getInputStream()) {
        // At its length: all that a start leaves behind makes its first collection earlier.
        byte[] bytes = new byte[opened.getContentLength()];
        in.readNBytes(bytes, 0, bytes.length);
        return bytes;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path + " could not be read", e);
    }
  }

  /**
   * The lines of a table in UTF-8, but for empty ones and those that begin with {@code #}.
   *
   * @param path as for {@link #bytes}
   * @throws IllegalStateException when the program was built without it
   */
  public static List<String> lines(String path) {
    String table = new String(bytes(path), StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < table.length(); ) {
      int end = table.indexOf('\n', from);
      int to = end < 0 ? table.length() : end;
      if (to > from && table.charAt(from) != '#') {
        lines.add(table.substring(from, to));
      }
      from = to + 1;
    }
    return lines;
  }
}
