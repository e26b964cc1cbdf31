package dev.loganalyze.runner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is to be seen in an image without opening its file systems: those of a CD and a plain disk
 * hold small files as they are. What is compressed in it stays hidden.
 *
 * @param console the first kernel parameter that names a serial console, or empty
 * @param key the first public SSH key that root could have: its type and comment, or empty
 */
record ImageText(String console, String key) {
  private static final Pattern CONSOLE = Pattern.compile("\\bconsole=tty(?:S|AMA)\\d[\\w,]{0,20}");
  private static final Pattern KEY =
      Pattern.compile(
          "\\b(ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI|ssh-rsa AAAAB3NzaC1yc2E)[A-Za-z0-9+/]{40,600}=*([ ][\\w@.-]{0,60})?");

  private static final int BLOCK = 1 << 20;

  /** No match is longer. */
  private static final int OVERLAP = 1024;

  /** Reads the image once. */
  static ImageText of(Path image) throws IOException {
    String console = "";
    String key = "";
    try (InputStream in = Files.newInputStream(image)) {
      byte[] buffer = new byte[OVERLAP + BLOCK];
      int kept = 0;
      for (int n = in.readNBytes(buffer, kept, BLOCK);
          n > 0 && (console.isEmpty() || key.isEmpty());
          n = in.readNBytes(buffer, kept, BLOCK)) {
        String text = new String(buffer, 0, kept + n, StandardCharsets.ISO_8859_1);
        console = console.isEmpty() ? first(CONSOLE, text) : console;
        key = key.isEmpty() ? key(text) : key;
        kept = Math.min(OVERLAP, kept + n);
        System.arraycopy(buffer, text.length() - kept, buffer, 0, kept);
      }
    }
    return new ImageText(console, key);
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group() : "";
  }

  private static String key(String text) {
    Matcher matcher = KEY.matcher(text);
    return matcher.find()
        ? matcher.group(1).replaceFirst(" .*", "")
            + (matcher.group(2) == null ? "" : matcher.group(2))
        : "";
  }
}
