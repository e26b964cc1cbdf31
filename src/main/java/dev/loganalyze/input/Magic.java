package dev.loganalyze.input;

/** What bytes are, told by how they begin. */
final class Magic {
  /** Kinds of archives. */
  enum Archive {
    /** POSIX.1-1988 ustar, POSIX.1-2001 pax, GNU. */
    TAR,
    /** APPNOTE.TXT of PKWARE. */
    ZIP,
    /** 7zFormat.txt of the LZMA SDK. */
    SEVEN_Z,
    /** The new ASCII format of SVR4, with or without checksums, as initramfs files have it. */
    CPIO
  }

  private Magic() {}

  static Source.Compression compression(byte[] bytes) {
    if (begins(bytes, 0x1f, 0x8b, 0x08)) {
      return Source.Compression.GZIP;
    }
    if (begins(bytes, 0xfd, '7', 'z', 'X', 'Z', 0)) {
      return Source.Compression.XZ;
    }
    if (begins(bytes, 'B', 'Z', 'h')
        && bytes.length > 4
        && (bytes[4] == 0x31 || bytes[4] == 0x17)) {
      return Source.Compression.BZIP2;
    }
    return begins(bytes, 0x28, 0xb5, 0x2f, 0xfd)
        ? Source.Compression.ZSTD
        : Source.Compression.NONE;
  }

  /** Text that begins with the byte order mark of UTF-16. */
  static boolean isUtf16(byte[] bytes) {
    return begins(bytes, 0xff, 0xfe) || begins(bytes, 0xfe, 0xff);
  }

  /** Whether what is read is the bytes themselves. */
  static boolean isPlain(byte[] bytes) {
    return compression(bytes) == Source.Compression.NONE && !isUtf16(bytes);
  }

  /** Null when the bytes are no archive. */
  static Archive archive(byte[] bytes) {
    if (begins(bytes, 'P', 'K', 3, 4) || begins(bytes, 'P', 'K', 5, 6)) {
      return Archive.ZIP;
    }
    if (begins(bytes, '7', 'z', 0xbc, 0xaf, 0x27, 0x1c)) {
      return Archive.SEVEN_Z;
    }
    // With the byte after it, which no text has: a log can say "ustar" anywhere.
    if (at(bytes, 257, 'u', 's', 't', 'a', 'r', 0)
        || at(bytes, 257, 'u', 's', 't', 'a', 'r', ' ', ' ', 0)) {
      return Archive.TAR;
    }
    return isCpio(bytes) ? Archive.CPIO : null;
  }

  /** A binary journal of systemd. */
  static boolean journal(byte[] bytes) {
    return begins(bytes, 'L', 'P', 'K', 'S', 'H', 'H', 'R', 'H');
  }

  /** The magic number and thirteen numbers of eight hexadecimal digits. */
  private static boolean isCpio(byte[] bytes) {
    if (!begins(bytes, '0', '7', '0', '7', '0', '1')
        && !begins(bytes, '0', '7', '0', '7', '0', '2')) {
      return false;
    }
    for (int i = 6; i < 110; i++) {
      if (i >= bytes.length || Character.digit(bytes[i], 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean begins(byte[] bytes, int... magic) {
    return at(bytes, 0, magic);
  }

  private static boolean at(byte[] bytes, int offset, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (offset + i >= bytes.length || (bytes[offset + i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
