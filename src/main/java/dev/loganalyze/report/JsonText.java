package dev.loganalyze.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes JSON that may be printed anywhere: what steers a terminal or a CI job, see {@link
 * Printable}, stands as {@code \u009b}, so that who parses it gets the text of the log as it is. A
 * lone surrogate, which has no UTF-8, becomes {@code ?}.
 */
final class JsonText extends Writer {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final Writer out;
  private char before;

  private JsonText(OutputStream out) {
    this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
  }

  /**
   * A generator that writes to {@code out} in UTF-8, flushes it when closed, and leaves it open.
   */
  static JsonGenerator generator(OutputStream out) throws IOException {
    return FACTORY.createGenerator(new JsonText(out));
  }

  /** The same, indented by two blanks. */
  static JsonGenerator indented(OutputStream out) throws IOException {
    DefaultIndenter indent = new DefaultIndenter("  ", "\n");
    return generator(out)
        .setPrettyPrinter(
            new DefaultPrettyPrinter().withObjectIndenter(indent).withArrayIndenter(indent));
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    int clean = from;
    for (int i = from; i < from + length; i++) {
      char c = text[i];
      boolean plain =
          c < 0x7f && !(c == '#' && before == '#') && !Character.isHighSurrogate(before);
      if (!plain) {
        out.write(text, clean, i - clean);
        clean = i + 1;
        other(c);
      }
      before = c;
    }
    out.write(text, clean, from + length - clean);
  }

  private void other(char c) throws IOException {
    if (Character.isHighSurrogate(before)) {
      pair(before, c);
    } else if (!Character.isHighSurrogate(c)) {
      one(c);
    }
  }

  /** Both of {@code high} and {@code c}. */
  private void pair(char high, char c) throws IOException {
    if (!Character.isLowSurrogate(c)) {
      out.write('?');
      if (!Character.isHighSurrogate(c)) {
        one(c);
      }
    } else if (Printable.steers(Character.toCodePoint(high, c))) {
      escape(high);
      escape(c);
    } else {
      out.write(high);
      out.write(c);
    }
  }

  private void one(char c) throws IOException {
    if (Character.isLowSurrogate(c)) {
      out.write('?');
    } else if ((c >= 0x7f && Printable.steers(c)) || (c == '#' && before == '#')) {
      escape(c);
    } else {
      out.write(c);
    }
  }

  private void escape(char c) throws IOException {
    out.write(String.format(Locale.ROOT, "\\u%04x", (int) c));
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
