package dev.loganalyze.report;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A terminal that shows what is written to it line by line, {@link Printable}, in UTF-8. */
public final class PrintableOutput extends FilterOutputStream {
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /** Shows it on {@code out}. */
  public PrintableOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    if (b == '\n') {
      show();
      out.write('\n');
    } else {
      line.write(b);
    }
  }

  private void show() throws IOException {
    String text = line.toString(StandardCharsets.UTF_8);
    out.write(Printable.line(Printable.text(text)).getBytes(StandardCharsets.UTF_8));
    line.reset();
  }

  /** Shows the line that nothing ended, too. */
  @Override
  public void flush() throws IOException {
    show();
    out.flush();
  }
}
