package dev.loganalyze.bench;

import dev.loganalyze.journal.ExportReader;
import dev.loganalyze.journal.JournalEntry;
import dev.loganalyze.journal.JournalFormat;
import dev.loganalyze.journal.JournalReader;
import dev.loganalyze.journal.JsonReader;
import dev.loganalyze.parse.JournalFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A journal as a stream to its entries, with the fields that the analysis asks for. */
@State(Scope.Thread)
public class JournalStage {
  @Param({"json", "export"})
  private String form;

  private final Set<String> asked = new HashSet<>(JournalFormat.SHORT_FIELDS);
  private byte[] journal;

  @Setup
  public void make() throws IOException {
    asked.addAll(JournalFacts.FIELDS);
    ByteArrayOutputStream log = new ByteArrayOutputStream(Sample.BYTES);
    LogMaker.write(form, Sample.BYTES, log);
    journal = Arrays.copyOf(log.toByteArray(), Sample.BYTES);
  }

  @Benchmark
  @OperationsPerInvocation(Sample.BYTES)
  public void journal(Blackhole hole) {
    ByteArrayInputStream in = new ByteArrayInputStream(journal);
    JournalReader reader =
        form.equals("json") ? new JsonReader(in, asked) : new ExportReader(in, asked);
    for (JournalEntry e = reader.next(); e != null; e = reader.next()) {
      hole.consume(e);
    }
  }
}
