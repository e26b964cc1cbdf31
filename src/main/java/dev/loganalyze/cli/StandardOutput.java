package dev.loganalyze.cli;

import dev.loganalyze.fault.Reason;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output, which remembers that it could not be written: print streams forget it. */
final class StandardOutput extends OutputStream {
  private final OutputStream out;
  private IOException fault;

  StandardOutput(OutputStream out) {
    this.out = out;
  }

  /** Whether something was written that did not arrive. */
  boolean failed() {
    return fault != null;
  }

  /** Whether that was because nobody reads any more. */
  boolean unread() {
    return fault != null && String.valueOf(fault.getMessage()).contains("Broken pipe");
  }

  /** Why. */
  String reason() {
    return Reason.of(fault);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  private IOException remembered(IOException e) {
    fault = fault == null ? e : fault;
    return e;
  }
}
