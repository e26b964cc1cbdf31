package dev.loganalyze.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The log that the stages are measured with: what a serial console shows of a boot and a day. */
final class Sample {
  /** Of the log. An operation is a byte, so that what JMH calls throughput is bytes a time. */
  static final int BYTES = 10_000_000;

  private Sample() {}

  static byte[] log() {
    ByteArrayOutputStream log = new ByteArrayOutputStream(BYTES);
    try {
      LogMaker.write("serial", BYTES, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Arrays.copyOf(log.toByteArray(), BYTES);
  }
}
