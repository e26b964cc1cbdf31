package dev.loganalyze.journal;

import java.util.List;

/** A journal that was printed as text, held or as it comes. */
abstract class TextReader implements JournalStream {
  /** What of it is looked at. */
  final StreamWindow window;

  /** The names of its fields. */
  final FieldNames names;

  /** What of it cannot be read. */
  final DamageLog damage = new DamageLog();

  /** Where in the window the reading is. */
  int at;

  TextReader(StreamWindow window, FieldNames names) {
    this.window = window;
    this.names = names;
  }

  /** Reads on from {@link #at}; whether there is more. */
  final boolean readOn() {
    boolean more = window.more(at);
    at = more ? 0 : at;
    return more;
  }

  /** The same in the middle of {@code entry}, which does not keep what was looked at. */
  final boolean readOn(EntryBuilder entry) {
    entry.copyValues();
    return readOn();
  }

  /** Where in the journal the reading is. */
  final String place() {
    return Long.toString(window.place(at));
  }

  @Override
  public final List<Damage> damage() {
    return damage.list();
  }

  @Override
  public final Exception fault() {
    return window.fault();
  }

  @Override
  public final long read() {
    return window.read();
  }
}
