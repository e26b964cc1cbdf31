package dev.loganalyze.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that is counted and, if that is asked for, hashed while it is read. */
final class Hashed extends FilterInputStream {
  /** Null where it is not hashed. */
  private final MessageDigest digest;

  private long bytes;

  Hashed(InputStream in, boolean hashes) {
    this(in, hashes ? sha256() : null);
  }

  private Hashed(InputStream in, MessageDigest digest) {
    super(digest == null ? in : new DigestInputStream(in, digest));
    this.digest = digest;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public int read() throws IOException {
    int b = in.read();
    bytes += b < 0 ? 0 : 1;
    return b;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int n = in.read(into, from, length);
    bytes += Math.max(0, n);
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    return readNBytes((int) Math.min(n, 1 << 16)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Whether its hash is asked for. */
  boolean isHashing() {
    return digest != null;
  }

  /** Its hash is not asked for any more. */
  void stopHashing() {
    if (in instanceof DigestInputStream digesting) {
      digesting.on(false);
    }
  }

  /** How many bytes were read. */
  long bytes() {
    return bytes;
  }

  /**
   * Of the bytes that were read; 64 lower-case hexadecimal digits, or none where it is not hashed.
   * Ends the reckoning.
   */
  String hex() {
    return digest == null ? "" : HexFormat.of().formatHex(digest.digest());
  }
}
