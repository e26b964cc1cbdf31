package dev.loganalyze.terminal;

import dev.loganalyze.bytes.Words;
import java.util.Arrays;

/**
 * One pass over the raw bytes: a parser of ECMA-48 control functions that writes printable bytes
 * into the current plain line.
 *
 * <p>States and their changes follow ECMA-48 (5th edition), sections 5.3 to 5.6, and xterm's
 * ctlseqs: CSI parameters 0x30 to 0x3F, intermediates 0x20 to 0x2F, final 0x40 to 0x7E; strings
 * (OSC, DCS, SOS, PM, APC) end with BEL or ST. A byte that cannot go on a sequence ends it and is
 * read as if none had been open; a string never goes past the end of its line, so that one that was
 * cut cannot swallow the log.
 */
final class Decoder {
  private static final int ESC = 0x1b;
  private static final int ELLIPSIS_LEAD = 0xe2;
  private static final int ELLIPSIS_END = 0xa6;

  /** So many bytes are in a line of an ordinary log. */
  private static final int LINE = 64;

  private byte[] raw;
  private int at;

  /** Where the raw bytes end. */
  private int limit;

  // The finished plain lines.
  private byte[] buffer;
  private int[] from = {};
  private int[] to = {};
  private int[] rawLine = {};
  private int[] rawStart = {};
  private byte[] marks = {};
  private int size;
  private int currentRawLine = 1;

  // The current plain line: buffer[lineFrom, lineTo), the cursor in it, and where each byte is
  // from.
  private int lineFrom;
  private int lineTo;
  private int cursor;

  /** Cells from here on were gone back over: blanks at their end come from erasing. */
  private int erasedFrom = Integer.MAX_VALUE;

  private int lineMarks;
  private int lineRawStart;
  private boolean lineDrawing;
  private boolean altDrawing;
  private boolean insideRawLine;

  /** No string that begins before this offset ends on its line. */
  private int unterminatedTo;

  /** Column (1-based) a cursor address asked for; 0 when no address waits to be carried out. */
  private int addressedColumn;

  /** For each byte of the buffer, the raw offset it came from; null unless somebody asks. */
  private int[] sources;

  Decoder(byte[] raw) {
    this.raw = raw;
    this.limit = raw.length;
    this.buffer = new byte[Math.max(64, raw.length)];
    resize(16 + raw.length / LINE);
  }

  /** Decodes one raw line afresh, {@code line[from, to)}; what was decoded before is forgotten. */
  void run(byte[] line, int from, int to) {
    raw = line;
    at = from;
    limit = to;
    size = 0;
    currentRawLine = 1;
    lineFrom = 0;
    lineTo = 0;
    cursor = 0;
    erasedFrom = Integer.MAX_VALUE;
    lineMarks = 0;
    lineRawStart = from;
    lineDrawing = false;
    altDrawing = false;
    insideRawLine = false;
    unterminatedTo = 0;
    addressedColumn = 0;
    run();
  }

  int size() {
    return size;
  }

  byte[] buffer() {
    return buffer;
  }

  int from(int i) {
    return from[i];
  }

  int to(int i) {
    return to[i];
  }

  int marks(int i) {
    return marks[i];
  }

  /** Decodes {@code segment} and tells which of its bytes is shown in {@code column}, or -1. */
  static int sourceOf(byte[] segment, int column) {
    Decoder decoder = new Decoder(segment);
    decoder.sources = new int[decoder.buffer.length];
    decoder.run();
    return decoder.size > 0 && column < decoder.to[0] ? decoder.sources[column] : -1;
  }

  ConsoleText text() {
    return new ConsoleText(
        raw,
        buffer,
        Arrays.copyOf(from, size),
        Arrays.copyOf(to, size),
        Arrays.copyOf(rawLine, size),
        Arrays.copyOf(rawStart, size),
        Arrays.copyOf(marks, size));
  }

  void run() {
    while (at < limit) {
      int b = raw[at] & 0xff;
      if (b < 0x20 || b == 0x7f) {
        control(b);
      } else if (b != ELLIPSIS_END && printsAsItIs()) {
        printRun();
      } else {
        print(b);
        at++;
      }
    }
    if (at > lineRawStart || insideRawLine) {
      endRawLine();
    }
  }

  // ---- printing -------------------------------------------------------------------------------

  /** Whether what is printed does nothing but stand where the cursor is. */
  private boolean printsAsItIs() {
    return !lineDrawing
        && !altDrawing
        && addressedColumn == 0
        && (lineMarks & Mark.SCREEN.bit) == 0
        && sources == null;
  }

  /** Prints this byte, and those behind it up to one that may do more. */
  private void printRun() {
    int end = at;
    while (end + Long.BYTES <= limit && Words.isPrintable(Words.at(raw, end))) {
      end += Long.BYTES;
    }
    while (end < limit && isText(raw[end])) {
      end++;
    }
    int count = end - at;
    reach(count);
    System.arraycopy(raw, at, buffer, lineFrom + cursor, count);
    cursor += count;
    lineTo = Math.max(lineTo, lineFrom + cursor);
    at = end;
  }

  private static boolean isText(byte b) {
    return b >= 0x20 ? b != 0x7f : b < 0 && b != (byte) ELLIPSIS_END;
  }

  private void print(int b) {
    if (lineDrawing || altDrawing) {
      return;
    }
    if (addressedColumn != 0) {
      resolveAddress();
    }
    if (lineTo == lineFrom && cursor == 0 && b == ' ' && (lineMarks & Mark.SCREEN.bit) != 0) {
      return;
    }
    put((byte) b);
    if (b == ELLIPSIS_END && endsWithEllipsis()) {
      skipCutSequence(at + 1);
    }
  }

  private void put(byte b) {
    reach(1);
    if (sources != null) {
      sources = sources.length < buffer.length ? Arrays.copyOf(sources, buffer.length) : sources;
      sources[lineFrom + cursor] = at;
    }
    buffer[lineFrom + cursor++] = b;
    lineTo = Math.max(lineTo, lineFrom + cursor);
  }

  /** Makes room for so many bytes at the cursor, behind blanks where the line ends before it. */
  private void reach(int count) {
    ensure(lineFrom + cursor + count);
    while (lineFrom + cursor > lineTo) {
      buffer[lineTo++] = ' ';
    }
  }

  private void ensure(int length) {
    if (length > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(length, buffer.length + (buffer.length >> 1)));
    }
  }

  private boolean endsWithEllipsis() {
    int p = lineFrom + cursor;
    return cursor >= 3 && (buffer[p - 3] & 0xff) == ELLIPSIS_LEAD && (buffer[p - 2] & 0xff) == 0x80;
  }

  /**
   * Up to version 252 systemd shortened a status line with its escape sequences inside
   * (ellipsize_mem() counts them as text), so that the tail of a sequence may stand after the
   * ellipsis: {@code …[0m - Load}, {@code …0m - Network}, {@code …m - Load}. A bare {@code m} is
   * taken for such a tail only before {@code " - "}, since a word may begin with it.
   */
  private void skipCutSequence(int next) {
    int p = next;
    boolean sure = p < limit && raw[p] == '[';
    if (sure) {
      p++;
    }
    int most = Math.min(limit, p + 12);
    while (p < most && isParameter(raw[p])) {
      sure = true;
      p++;
    }
    if (p >= limit || raw[p] != 'm') {
      return;
    }
    p++;
    boolean dash = p + 2 < limit && raw[p] == ' ' && raw[p + 1] == '-' && raw[p + 2] == ' ';
    boolean blank = p >= limit || raw[p] == ' ' || raw[p] == '\r' || raw[p] == '\n';
    if (dash || (sure && blank)) {
      at = p - 1;
    }
  }

  private static boolean isParameter(byte b) {
    return (b >= '0' && b <= '9') || b == ';' || b == ':';
  }

  // ---- control characters ---------------------------------------------------------------------

  private void control(int b) {
    at++;
    switch (b) {
      case '\n' -> {
        endRawLine();
        currentRawLine++;
      }
      case '\r' -> carriageReturn();
      case '\b' -> {
        if (cursor > 0) {
          cursor--;
          erasedFrom = Math.min(erasedFrom, cursor);
        }
      }
      case '\t' -> {
        if (!lineDrawing && !altDrawing) {
          if (addressedColumn != 0) {
            resolveAddress();
          }
          put((byte) '\t');
        }
      }
      case 0x0e -> altDrawing = true;
      case 0x0f -> altDrawing = false;
      case ESC -> escape();
      default -> {
        // NUL, BEL, DEL and the other C0 controls print nothing.
      }
    }
  }

  /** A carriage return that only ends the line does nothing; any other begins a new plain line. */
  private void carriageReturn() {
    while (at < limit && raw[at] == '\r') {
      at++;
    }
    if (at < limit && raw[at] != '\n') {
      boolean text = lineTo > lineFrom;
      endLine(false);
      if (text) {
        lineMarks |= Mark.RESTARTED.bit;
      }
    }
    cursor = 0;
    addressedColumn = 0;
  }

  // ---- escape sequences -----------------------------------------------------------------------

  /** {@code at} stands after the ESC. */
  private void escape() {
    if (at >= limit) {
      return;
    }
    int b = raw[at] & 0xff;
    switch (b) {
      case '[' -> {
        at++;
        csi();
      }
      case ']', 'P', 'X', '^', '_' -> {
        at++;
        string(b);
      }
      default -> {
        int start = at;
        while (at < limit && raw[at] >= 0x20 && raw[at] <= 0x2f) {
          at++;
        }
        if (at < limit && raw[at] >= 0x30 && raw[at] <= 0x7e) {
          int last = raw[at] & 0xff;
          at++;
          if (at - start == 2 && raw[start] == '(') {
            lineDrawing = last == '0';
          } else if (last == 'c' && at - start == 1) {
            lineDrawing = false;
            altDrawing = false;
          }
        }
      }
    }
  }

  private void csi() {
    int start = at;
    while (at < limit && raw[at] >= 0x30 && raw[at] <= 0x3f) {
      at++;
    }
    int parametersEnd = at;
    while (at < limit && raw[at] >= 0x20 && raw[at] <= 0x2f) {
      at++;
    }
    if (at >= limit || raw[at] < 0x40 || raw[at] > 0x7e) {
      // Cut off, or not a sequence: what was read of it is dropped, this byte is read afresh.
      return;
    }
    int last = raw[at] & 0xff;
    boolean plain = at == parametersEnd;
    at++;
    if (plain) {
      function(last, start, parametersEnd);
    }
  }

  private void function(int last, int start, int end) {
    switch (last) {
      case 'm' -> {
        if (!isReset(start, end)) {
          lineMarks |= Mark.COLOUR.bit;
        }
      }
      case 'h', 'l' -> {
        if (is(start, end, "?2004")) {
          lineMarks |= last == 'h' ? Mark.PASTE_ON.bit : Mark.PASTE_OFF.bit;
        }
      }
      case 'H', 'f' -> address(parameter(start, end, 1, 1));
      case 'A', 'B', 'd', 'E', 'F' -> address(Integer.MAX_VALUE);
      case 'J' -> {
        if (parameter(start, end, 0, 0) == 2 || cursor == 0) {
          endLine(true);
        }
      }
      case 'G', '`' -> cursor = Math.min(Math.max(0, parameter(start, end, 0, 1) - 1), 4096);
      case 'C' -> cursor = Math.min(cursor + Math.max(1, parameter(start, end, 0, 1)), 4096);
      case 'D' -> cursor = Math.max(0, cursor - Math.max(1, parameter(start, end, 0, 1)));
      case 'K' -> eraseInLine(parameter(start, end, 0, 0));
      default -> {
        // Everything else changes no text.
      }
    }
  }

  private void eraseInLine(int how) {
    if (how == 0) {
      lineTo = Math.max(lineFrom, Math.min(lineTo, lineFrom + cursor));
    } else if (how == 2) {
      lineTo = lineFrom;
    }
  }

  /** A cursor address is carried out when the next byte is printed: most only move about. */
  private void address(int column) {
    addressedColumn = Math.max(1, column);
  }

  /**
   * SeaBIOS mirrors the screen to the wire with an address before each burst, so that one phrase
   * may come as {@code We ESC[3;3H lcome}: an address that only goes on where the text stands
   * begins no new line.
   */
  private void resolveAddress() {
    boolean goesOn = lineTo > lineFrom && addressedColumn == lineTo - lineFrom + 1;
    addressedColumn = 0;
    if (!goesOn) {
      endLine(true);
      cursor = 0;
      lineMarks |= Mark.SCREEN.bit;
    }
  }

  /** OSC, DCS, SOS, PM or APC: ended by BEL or ST, and given up at the end of the line. */
  private void string(int introducer) {
    int start = at;
    if (start < unterminatedTo) {
      return;
    }
    while (at < limit && raw[at] != '\n') {
      int b = raw[at];
      if (b == 0x07 || (b == ESC && at + 1 < limit && raw[at + 1] == '\\')) {
        if (introducer == ']' && at > start && raw[start] >= '0' && raw[start] <= '2') {
          lineMarks |= Mark.TITLE.bit;
        }
        at += b == 0x07 ? 1 : 2;
        return;
      }
      if (b == 0x18 || b == 0x1a) {
        at++;
        return;
      }
      at++;
    }
    unterminatedTo = at;
    // No terminator on this line: the introducer is dropped and what follows is text after all.
    at = start;
  }

  private boolean isReset(int start, int end) {
    for (int i = start; i < end; i++) {
      if (raw[i] != '0' && raw[i] != ';') {
        return false;
      }
    }
    return true;
  }

  private boolean is(int start, int end, String parameters) {
    if (end - start != parameters.length()) {
      return false;
    }
    for (int i = 0; i < parameters.length(); i++) {
      if (raw[start + i] != parameters.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Parameter number {@code n} (from 0), or {@code absent} when it is missing or empty. */
  private int parameter(int start, int end, int n, int absent) {
    int index = 0;
    int value = -1;
    for (int i = start; i < end; i++) {
      if (raw[i] == ';') {
        if (index++ == n) {
          break;
        }
      } else if (index == n && raw[i] >= '0' && raw[i] <= '9') {
        value = Math.min(100_000, 10 * Math.max(0, value) + raw[i] - '0');
      }
    }
    return value < 0 ? absent : value;
  }

  // ---- ends of lines --------------------------------------------------------------------------

  /** The raw line is over: what is left of it is its last plain line, empty or not. */
  private void endRawLine() {
    lineTo = trimmed();
    if (insideRawLine && lineTo == lineFrom) {
      // Nothing more was printed: these bytes belong to the plain line before.
      marks[size - 1] |= (byte) lineMarks;
      lineRawStart = at;
    } else {
      add();
    }
    lineMarks = 0;
    insideRawLine = false;
    addressedColumn = 0;
    lineDrawing = false;
    altDrawing = false;
    beginLine();
  }

  /** A new plain line begins inside the raw line; one without text is not kept. */
  private void endLine(boolean screen) {
    lineTo = trimmed();
    if (lineTo > lineFrom) {
      add();
      lineMarks = screen ? Mark.SCREEN.bit : 0;
      insideRawLine = true;
      beginLine();
    } else {
      lineTo = lineFrom;
      beginLine();
    }
  }

  /** Makes room for {@code n} lines. */
  private void resize(int n) {
    from = Arrays.copyOf(from, n);
    to = Arrays.copyOf(to, n);
    rawLine = Arrays.copyOf(rawLine, n);
    rawStart = Arrays.copyOf(rawStart, n);
    marks = Arrays.copyOf(marks, n);
  }

  private void add() {
    if (size == from.length) {
      resize(size + (size >> 1));
    }
    from[size] = lineFrom;
    to[size] = lineTo;
    rawLine[size] = currentRawLine;
    rawStart[size] = lineRawStart;
    marks[size++] = (byte) lineMarks;
    lineRawStart = at;
  }

  private void beginLine() {
    lineFrom = lineTo;
    cursor = 0;
    erasedFrom = Integer.MAX_VALUE;
  }

  /** Where the current line ends without erased cells, the blanks of a screen and frames. */
  private int trimmed() {
    int end = lineTo;
    while (end - lineFrom > erasedFrom && buffer[end - 1] == ' ') {
      end--;
    }
    if ((lineMarks & Mark.SCREEN.bit) != 0) {
      if (isFrame()) {
        return lineFrom;
      }
      while (end > lineFrom && (buffer[end - 1] == ' ' || buffer[end - 1] == '|')) {
        end--;
      }
    }
    return end;
  }

  /** Box drawing of a painted screen: {@code +-----+}, {@code |}. */
  private boolean isFrame() {
    if ((lineMarks & Mark.SCREEN.bit) == 0) {
      return false;
    }
    for (int i = lineFrom; i < lineTo; i++) {
      if ("+-| ".indexOf(buffer[i]) < 0) {
        return false;
      }
    }
    return true;
  }
}
