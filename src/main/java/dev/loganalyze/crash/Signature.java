package dev.loganalyze.crash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A name for a bug that stays the same from run to run. */
final class Signature {
  private Signature() {}

  /**
   * 16 hexadecimal digits over the class and the title: a title holds the kind of fault and the
   * guilty function, and none of what differs between runs and compilers.
   */
  static String of(String rule, String title) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha.digest((rule + '\n' + title).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
