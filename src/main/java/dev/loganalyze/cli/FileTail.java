package dev.loganalyze.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;

/**
 * A file that grows, as {@code tail -F} follows it. One that is not there yet is waited for. When
 * another file takes its place (a log was rotated), the rest of the old one and then the new one
 * follow. When it becomes shorter, or what was read of it changes, it was begun again: QEMU does so
 * when a machine is started once more.
 */
final class FileTail implements Tail {
  /** So many bytes before the place of reading must be what they were. */
  private static final int REMEMBERED = 64;

  private static final int MOST_AT_ONCE = 16 << 20;

  private final Path path;
  private FileChannel channel;
  private Object key;
  private FileTime modified;
  private long offset;
  private byte[] last = new byte[0];
  private boolean waiting;

  FileTail(Path path) {
    this.path = path;
  }

  @Override
  public Piece read() throws IOException {
    BasicFileAttributes file;
    try {
      file = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      boolean first = channel == null && !waiting;
      waiting = true;
      return channel == null
          ? new Piece(new byte[0], false, false, first ? "it is not there yet; waiting for it" : "")
          : new Piece(rest(), false, false, "");
    }
    if (channel == null) {
      open(file);
      return new Piece(rest(), false, false, "");
    }
    if (file.fileKey() != null && !file.fileKey().equals(key)) {
      byte[] old = rest();
      if (old.length > 0) {
        return new Piece(old, false, false, "");
      }
      open(file);
      return new Piece(rest(), false, false, "another file took its place; going on with that");
    }
    if (file.size() < offset || (!file.lastModifiedTime().equals(modified) && isRewritten())) {
      open(file);
      return new Piece(rest(), true, false, "it was begun again; forgetting what was before");
    }
    modified = file.lastModifiedTime();
    return file.size() == offset ? Piece.NOTHING : new Piece(rest(), false, false, "");
  }

  private void open(BasicFileAttributes file) throws IOException {
    close();
    channel = FileChannel.open(path);
    key = file.fileKey();
    modified = file.lastModifiedTime();
    offset = 0;
    last = new byte[0];
  }

  private boolean isRewritten() throws IOException {
    return !Arrays.equals(last, at(offset - last.length, last.length));
  }

  /** What of the open file was not read yet. */
  private byte[] rest() throws IOException {
    long size = channel.size();
    byte[] bytes = at(offset, (int) Math.min(MOST_AT_ONCE, Math.max(0, size - offset)));
    offset += bytes.length;
    if (bytes.length > 0) {
      byte[] both = Arrays.copyOf(last, last.length + Math.min(bytes.length, REMEMBERED));
      int from = Math.max(0, bytes.length - REMEMBERED);
      System.arraycopy(bytes, from, both, last.length, bytes.length - from);
      last = Arrays.copyOfRange(both, Math.max(0, both.length - REMEMBERED), both.length);
    }
    return bytes;
  }

  private byte[] at(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        break;
      }
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
