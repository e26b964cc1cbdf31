package dev.loganalyze.runner;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * A pair of Ed25519 keys for one run, in OpenSSH's formats (openssh:PROTOCOL.key, RFC 8709). The
 * private key is in memory only, but for the moment in which {@code ssh} needs it as a file.
 */
final class SshKey {
  private static final String TYPE = "ssh-ed25519";

  /** An Ed25519 key has so many bytes; they end its encodings (RFC 8410). */
  private static final int LENGTH = 32;

  private static final int BLOCK = 8;

  private final String comment;
  private final byte[] seed;
  private final byte[] blob;
  private final byte[] point;

  private SshKey(String comment, byte[] seed, byte[] point) {
    this.comment = comment;
    this.seed = seed;
    this.point = point;
    this.blob =
        bytes(
            out -> {
              string(out, TYPE.getBytes(StandardCharsets.US_ASCII));
              string(out, point);
            });
  }

  /** A new pair; {@code comment} says what for. */
  static SshKey make(String comment) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new SshKey(
          comment, last(pair.getPrivate().getEncoded()), last(pair.getPublic().getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java since 15 has Ed25519", e);
    }
  }

  private static byte[] last(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length);
  }

  /** The line for {@code authorized_keys}, without its end. */
  String authorizedKey() {
    return TYPE + " " + Base64.getEncoder().encodeToString(blob) + " " + comment;
  }

  /** As {@code ssh-keygen -l} prints it. */
  String fingerprint() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(blob);
      return "256 SHA256:"
          + Base64.getEncoder().withoutPadding().encodeToString(hash)
          + " "
          + comment
          + " (ED25519)";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Writes the private key to {@code file}, which must not exist, for this user's eyes only. */
  void write(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, privateKey(), StandardOpenOption.WRITE);
  }

  private byte[] privateKey() {
    byte[] secret =
        bytes(
            out -> {
              int check = new SecureRandom().nextInt();
              out.writeInt(check);
              out.writeInt(check);
              out.write(blob);
              string(
                  out,
                  bytes(
                      both -> {
                        both.write(seed);
                        both.write(point);
                      }));
              string(out, comment.getBytes(StandardCharsets.UTF_8));
              for (int pad = 1; out.size() % BLOCK != 0; pad++) {
                out.write(pad);
              }
            });
    byte[] file =
        bytes(
            out -> {
              out.write("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
              string(out, "none".getBytes(StandardCharsets.US_ASCII));
              string(out, "none".getBytes(StandardCharsets.US_ASCII));
              string(out, new byte[0]);
              out.writeInt(1);
              string(out, blob);
              string(out, secret);
            });
    return ("-----BEGIN OPENSSH PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(file)
            + "\n-----END OPENSSH PRIVATE KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      content.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A string of RFC 4251: its length in four bytes, then its bytes. */
  private static void string(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
