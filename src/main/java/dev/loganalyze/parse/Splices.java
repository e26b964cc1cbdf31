package dev.loganalyze.parse;

import dev.loganalyze.bytes.Words;
import dev.loganalyze.terminal.LineDecoder;
import dev.loganalyze.transcript.Transcript;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts lines together into which a kernel printed. A kernel writes to the port past the terminal
 * driver, so that its line may begin anywhere in one of userspace, even in an escape sequence; what
 * is left of that comes after it:
 *
 * <pre>
 *   [FAI[    9.000000] hub 1-1.4:1.0: 2 ports detected
 *   LED] Failed to start wan-dhcp.service - Get an address.
 * </pre>
 *
 * <p>What was begun is moved before what is left, so that lines keep their numbers; but only where
 * both together are a sentence that is known, and what is left is none. What a person sees of a
 * prompt or an answer stays as it came.
 */
final class Splices {
  /** So many bytes may stand between the two parts of a line. */
  private static final int FAR = 1 << 14;

  private final Transcript transcript;
  private final Envelope envelope;
  private final LineReader reader;
  private final LineDecoder decoder = new LineDecoder();

  /** What is read; a copy from the first move on. */
  private byte[] text;

  /** Where the parts of a line that goes on begin and end, in pairs. */
  private final List<Integer> begun = new ArrayList<>();

  private Splices(Transcript transcript, Envelope envelope, LineReader reader) {
    this.transcript = transcript;
    this.envelope = envelope;
    this.reader = reader;
    text = transcript.text();
  }

  /** {@code transcript} of a console with its lines put together; itself where none is cut. */
  static Transcript mended(Transcript transcript, Envelope envelope, LineReader reader) {
    return new Splices(transcript, envelope, reader).read();
  }

  private Transcript read() {
    for (int from = 0; from < text.length; ) {
      int to = Words.indexOf((byte) '\n', text, from, text.length);
      line(from, to);
      from = to + 1;
    }
    return text == transcript.text() ? transcript : transcript.with(text);
  }

  private void line(int from, int to) {
    int stamp = stamp(from, to);
    if (stamp < 0 && begun.isEmpty()) {
      return;
    }
    envelope.read(text, from, to);
    int begin = envelope.begin;
    if (!begun.isEmpty() && to - begun.get(0) > FAR) {
      begun.clear();
    }
    if (stamp > begin) {
      begun.add(begin);
      begun.add(stamp);
    } else if (stamp < 0) {
      goOn(begin, to);
    }
  }

  /** The line {@code [from, to)} is what is left of that which was begun. */
  private void goOn(int from, int to) {
    if (!begun.isEmpty() && !Words.isBlank(text, from, to) && !isKnown(text, from, to)) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      for (int i = 0; i < begun.size(); i += 2) {
        whole.write(text, begun.get(i), begun.get(i + 1) - begun.get(i));
      }
      int length = whole.size();
      whole.write(text, from, to - from);
      if (isKnown(whole.toByteArray(), 0, whole.size())) {
        move(from, whole.toByteArray(), length);
      }
    }
    begun.clear();
  }

  /** Moves what was begun, which is {@code whole[0, length)}, to before {@code to}. */
  private void move(int to, byte[] whole, int length) {
    text = text == transcript.text() ? text.clone() : text;
    int at = begun.get(0);
    for (int i = 0; i < begun.size(); i += 2) {
      int from = begun.get(i + 1);
      int end = i + 2 < begun.size() ? begun.get(i + 2) : to;
      System.arraycopy(text, from, text, at, end - from);
      at += end - from;
    }
    System.arraycopy(whole, 0, text, to - length, length);
  }

  /** Whether a line is a sentence of PID 1 or an initramfs. */
  private boolean isKnown(byte[] bytes, int from, int to) {
    if (decoder.decode(bytes, from, to) != 1) {
      return false;
    }
    List<Plan.Part> parts = reader.read(decoder.buffer(), decoder.from(0), decoder.to(0));
    Shape shape = parts.get(0).shape;
    return parts.size() == 1 && shape != Shape.BLANK && shape != Shape.TEXT && !shape.isPrompt();
  }

  /** Where the first stamp of a kernel in the line begins, or -1. */
  private int stamp(int from, int to) {
    int at = Words.indexOf((byte) '[', text, from, to);
    while (at < to && !Label.isStamp(text, at, to)) {
      at = Words.indexOf((byte) '[', text, at + 1, to);
    }
    return at < to ? at : -1;
  }
}
