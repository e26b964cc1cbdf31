package dev.loganalyze.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that is read by a thread of its own: standard input, a pipe, a serial device. */
final class StreamTail implements Tail {
  private final Opener opener;
  private final ByteArrayOutputStream come = new ByteArrayOutputStream();
  private IOException fault;
  private boolean ended;

  /** Opens the stream; opening a pipe waits for its writer. */
  interface Opener {
    InputStream open() throws IOException;
  }

  StreamTail(Opener opener) {
    this.opener = opener;
    Thread reader = new Thread(this::copy, "reader");
    reader.setDaemon(true);
    reader.start();
  }

  private void copy() {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = opener.open()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        synchronized (this) {
          come.write(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      synchronized (this) {
        fault = e;
      }
    }
    synchronized (this) {
      ended = true;
    }
  }

  @Override
  public synchronized Piece read() throws IOException {
    byte[] bytes = come.toByteArray();
    come.reset();
    if (bytes.length == 0 && fault != null && !isHangUp(fault)) {
      throw fault;
    }
    return new Piece(bytes, false, ended, "");
  }

  /** The other end of a pseudo terminal went away: EIO, which is its way to end. */
  private static boolean isHangUp(IOException e) {
    return String.valueOf(e.getMessage()).contains("Input/output error");
  }

  /** The thread ends with the process; a device that is silent cannot be closed before. */
  @Override
  public void close() {}
}
