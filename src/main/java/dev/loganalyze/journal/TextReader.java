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
