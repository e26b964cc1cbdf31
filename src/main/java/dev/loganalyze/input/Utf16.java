package dev.loganalyze.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Text in UTF-16 that begins with a byte order mark, as PowerShell's {@code >} writes what a
 * program prints, read as UTF-8. What is no UTF-16 is U+FFFD.
 */
final class Utf16 extends InputStream {
  private final Reader text;
  private final char[] characters = new char[1 << 12];

  /** Whether the first of the characters is the first half of a pair that goes on. */
  private boolean halved;

  private byte[] bytes = {};
  private int at;

  /** The text that {@code in} has, its mark included. */
  Utf16(InputStream in) {
    text = new InputStreamReader(in, StandardCharsets.UTF_16);
  }

  @Override
  public int read() throws IOException {
    return fill() ? bytes[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, to.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, bytes.length - at);
    System.arraycopy(bytes, at, to, from, n);
    at += n;
    return n;
  }

  /** Makes sure of a byte to give; false where there are no more. */
  private boolean fill() throws IOException {
    while (at == bytes.length) {
      int kept = halved ? 1 : 0;
      int n = text.read(characters, kept, characters.length - kept);
      if (n < 0 && !halved) {
        return false;
      }
      int count = kept + Math.max(0, n);
      char last = characters[count - 1];
      halved = n >= 0 && Character.isHighSurrogate(last);
      bytes =
          new String(characters, 0, halved ? count - 1 : count).getBytes(StandardCharsets.UTF_8);
      at = 0;
      characters[0] = halved ? last : characters[0];
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
