package dev.loganalyze.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.history.Comparison;
import dev.loganalyze.history.RunRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Text;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where text of logs goes, and how its readers would see that it became more than text there: each
 * report is read by the rules of what it is made for.
 */
public enum Sink {
  TEXT(Format.TEXT, Sink::terminal),
  COLOUR(
      (runs, out) ->
          new TextReport(new Screen(100, true, false, new Hyperlinks("host", "/home/x")))
              .write(runs, out),
      Sink::colouredTerminal),
  ASCII(
      (runs, out) -> new TextReport(new Screen(60, false, true, Hyperlinks.NONE)).write(runs, out),
      Sink::terminal),
  JSON(Format.JSON, Sink::analysis),
  JSONL(Format.JSONL, text -> text.lines().forEach(Sink::analysis)),
  MARKDOWN(Format.MARKDOWN, Sink::markdown),
  HTML(Format.HTML, Sink::html),
  SARIF(Format.SARIF, Sink::sarif),
  JUNIT(Format.JUNIT, Sink::junit),
  GITHUB(Format.GITHUB, Sink::github),
  GITLAB(Format.GITLAB, Sink::json),
  TRACE(Format.TRACE, Sink::json),
  SVG(Format.SVG, Sink::svg),
  CSV(Format.CSV, Sink::csv),
  TIMING(TimingFormat.TEXT.report(Screen.PLAIN)::write, Sink::terminal),
  TIMING_MARKDOWN(TimingFormat.MARKDOWN.report(Screen.PLAIN)::write, Sink::markdown),
  NOTE(new NoteReport()::write, Sink::markdown),
  TASKS((runs, out) -> out.write(utf8(NoteReport.tasks(runs))), Sink::markdown),
  LIVE(
      (runs, out) -> {
        for (Run run : runs) {
          new LiveReport(Screen.PLAIN, out).tell(run);
        }
      },
      Sink::terminal),
  ENTRIES(
      (runs, out) -> {
        for (Run.Log log : logs(runs)) {
          EntriesReport.text(log.entries(), out);
        }
      },
      Sink::terminal),
  ENTRIES_JSON(
      (runs, out) -> {
        for (Run.Log log : logs(runs)) {
          EntriesReport.jsonLines(log.entries(), out);
        }
      },
      text -> text.lines().forEach(Sink::json)),
  SESSIONS(
      (runs, out) -> {
        for (Run run : runs) {
          SessionsReport.text(run.sessions(), out);
        }
      },
      Sink::terminal),
  SESSIONS_JSON(
      (runs, out) -> {
        for (Run run : runs) {
          SessionsReport.jsonLines(run.sessions(), out);
        }
      },
      text -> text.lines().forEach(Sink::json)),
  COMPARISON((runs, out) -> ComparisonReport.text(compared(runs), 80, out), Sink::terminal),
  COMPARISON_MARKDOWN(
      (runs, out) -> ComparisonReport.markdown(compared(runs), out), Sink::markdown),
  COMPARISON_JSON((runs, out) -> ComparisonReport.json(compared(runs), out), Sink::json);

  /** One way to write. */
  private interface Writing {
    void write(List<Run> runs, OutputStream out) throws IOException;
  }

  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Schema ANALYSIS =
      schema(
          SpecificationVersion.DRAFT_2020_12,
          read(Path.of("docs/schemas/analysis-v1.schema.json")));

  private static final Schema SARIF_2_1_0 =
      schema(SpecificationVersion.DRAFT_7, resource("/schema/sarif-schema-2.1.0.json"));

  private static final String STYLE = resource("/templates/report.css");
  private static final String SCRIPT = resource("/templates/report.js");

  /** What the templates of the page are made of. */
  private static final Set<String> ELEMENTS =
      Set.of(
          ("html head meta title style body header h1 h2 h3 main nav section article div p span a b i u"
                  + " bdi br ol ul li dl dt dd table thead tbody tr th td details summary button input"
                  + " label select option output pre code script svg g rect line path circle text"
                  + " tspan defs pattern")
              .split(" "));

  /** Of SVG, what draws. */
  private static final Set<String> DRAWN =
      Set.of(
          "svg", "title", "desc", "style", "defs", "pattern", "g", "rect", "line", "path", "circle",
          "text", "tspan");

  private static final Pattern SGR = Pattern.compile("\u001b\\[[0-9;]*m");

  /** OSC 8 to a line of a file on this host, and the end of it. */
  private static final Pattern LINK =
      Pattern.compile(
          "\u001b\\]8;;file://host/[!-~&&[^\u001b]]*#\\d+\u001b\\\\([^\u001b]*)\u001b\\]8;;\u001b\\\\");

  /** As the runner's ActionCommand reads it, see {@link GithubReport}. */
  private static final Pattern ANNOTATION =
      Pattern.compile("::(?:error|warning) (?:file=[^,:]*,line=\\d+,)?title=[^,:]*::[^\r\n]*");

  private static final Pattern GANTT =
      Pattern.compile(
          "gantt|    dateFormat x|    axisFormat %M:%S|    section [a-z ]+"
              + "|    [\\w.@/-]+ [0-9.]+ ?[a-z0-9. ]* :(?:done, |active, |crit, )?\\d+, \\d+");

  // Functions without a state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Writing writing;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Consumer<String> reading;

  Sink(Format format, Consumer<String> reading) {
    this((runs, out) -> format.report(ReportTest.OPTIONS).write(runs, out), reading);
  }

  Sink(Writing writing, Consumer<String> reading) {
    this.writing = writing;
    this.reading = reading;
  }

  /** What is written of {@code runs}. */
  byte[] bytes(List<Run> runs) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writing.write(runs, out);
    return out.toByteArray();
  }

  /** Fails when {@code report} is not well-formed, or steers its reader. */
  void check(byte[] report) {
    try {
      reading.accept(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(report)).toString());
    } catch (CharacterCodingException e) {
      throw new AssertionError("not UTF-8", e);
    }
  }

  // ---- terminals and CI jobs --------------------------------------------------------------------

  private static void colouredTerminal(String text) {
    Matcher links = LINK.matcher(SGR.matcher(text).replaceAll(""));
    terminal(links.replaceAll(link -> Matcher.quoteReplacement(link.group(1))));
  }

  /** Fails when a terminal or a CI job that shows {@code text} would be steered by it. */
  public static void terminal(String text) {
    printable(text);
    // White space as .NET's TrimStart, by which the runner finds them, has it.
    Matcher command = Pattern.compile("(?mU)^[\\s\\p{Z}]*::.*").matcher(text);
    assertFalse(command.find(), () -> "a workflow command: " + command.group());
  }

  /** Whatever reads it, a person may have it printed; and what is printed, a CI job reads. */
  private static void printable(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      int type = Character.getType(c);
      boolean steers =
          (type == Character.CONTROL && c != '\n')
              || type == Character.FORMAT
              || type == Character.LINE_SEPARATOR
              || type == Character.PARAGRAPH_SEPARATOR
              || type == Character.SURROGATE
              || (c & 0xfffe) == 0xfffe;
      int at = i;
      assertFalse(steers, () -> String.format("U+%04X behind %s", c, before(text, at)));
    }
    Matcher command = Pattern.compile("##[a-z]*\\[").matcher(text);
    assertFalse(command.find(), () -> "a command of a CI job in " + before(text, command.end()));
  }

  private static String before(String text, int at) {
    return text.substring(Math.max(0, at - 60), at);
  }

  private static void github(String text) {
    printable(text);
    for (String line : text.lines().toList()) {
      assertTrue(ANNOTATION.matcher(line).matches(), line);
    }
  }

  // ---- JSON -------------------------------------------------------------------------------------

  private static void json(String text) {
    printable(text);
    STRICT.readTree(text);
  }

  private static void analysis(String text) {
    json(text);
    assertEquals(List.of(), ANALYSIS.validate(text, InputFormat.JSON));
  }

  private static void sarif(String text) {
    json(text);
    assertEquals(List.of(), SARIF_2_1_0.validate(text, InputFormat.JSON));
  }

  // ---- XML --------------------------------------------------------------------------------------

  private static void junit(String text) {
    printable(text);
    elements(text, Set.of("testsuites", "testsuite", "testcase", "failure", "error", "skipped"));
  }

  private static void svg(String text) {
    printable(text);
    elements(text, DRAWN);
  }

  private static void elements(String text, Set<String> known) {
    NodeList all;
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      all = builder.parse(new ByteArrayInputStream(utf8(text))).getElementsByTagName("*");
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("not XML: " + e.getMessage(), e);
    }
    for (int i = 0; i < all.getLength(); i++) {
      assertTrue(known.contains(all.item(i).getNodeName()), all.item(i).getNodeName());
      for (int a = 0; a < all.item(i).getAttributes().getLength(); a++) {
        String name = all.item(i).getAttributes().item(a).getNodeName();
        assertFalse(name.startsWith("on") || name.endsWith("href"), name);
      }
    }
  }

  // ---- HTML -------------------------------------------------------------------------------------

  private static void html(String text) {
    printable(text);
    Document page = Jsoup.parse(text);
    assertEquals(1, page.select("script").size());
    assertEquals(SCRIPT, page.select("script").first().data());
    assertEquals(1, page.select("style").size());
    assertEquals(STYLE, page.select("style").first().data());
    for (Element element : page.getAllElements()) {
      String tag = element.normalName();
      assertTrue(tag.equals("#root") || ELEMENTS.contains(tag), () -> "<" + tag + ">");
      for (Attribute attribute : element.attributes()) {
        attribute(attribute.getKey(), attribute.getValue());
      }
    }
  }

  private static void attribute(String name, String value) {
    boolean loads =
        Set.of("src", "srcset", "data", "action", "formaction", "style", "xlink:href")
            .contains(name);
    assertFalse(name.startsWith("on") || loads, () -> name + "=" + value);
    assertTrue(name.matches("[a-zA-Z][a-zA-Z0-9:-]*"), name);
    if (name.equals("href")) {
      assertTrue(value.startsWith("#") || value.startsWith("https://"), value);
    }
  }

  // ---- CSV --------------------------------------------------------------------------------------

  /** RFC 4180, read cell by cell as a spreadsheet does. */
  private static void csv(String text) {
    printable(text.replace("\r\n", "\n"));
    int columns = text.substring(0, text.indexOf('\r')).split(",").length;
    List<String> row = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      boolean quoted = text.charAt(at) == '"';
      StringBuilder cell = new StringBuilder();
      if (quoted) {
        at++;
        while (text.charAt(at) != '"' || text.startsWith("\"\"", at)) {
          cell.append(text.charAt(at));
          at += text.charAt(at) == '"' ? 2 : 1;
        }
        at++;
      } else {
        while (text.charAt(at) != ',' && text.charAt(at) != '\r') {
          cell.append(text.charAt(at++));
        }
      }
      row.add(cell.toString());
      boolean formula = cell.toString().strip().matches("(?s)[=+@\uff1d\uff0b\uff0d\uff20-].+");
      boolean number = cell.toString().matches("-?\\d+(\\.\\d+)?");
      assertFalse(formula && !number, () -> "a formula: " + cell);
      if (text.startsWith("\r\n", at)) {
        assertEquals(columns, row.size(), row.toString());
        row.clear();
        at += 2;
      } else {
        assertEquals(',', text.charAt(at++));
      }
    }
    assertEquals(List.of(), row);
  }

  // ---- Markdown ---------------------------------------------------------------------------------

  private static void markdown(String text) {
    terminal(text);
    var extensions = List.of(TablesExtension.create(), AutolinkExtension.create());
    var parser = org.commonmark.parser.Parser.builder().extensions(extensions).build();
    parser.parse(text).accept(new TextAlone());
  }

  /** Fails at what a browser would take for more than text. */
  private static final class TextAlone extends AbstractVisitor {
    @Override
    public void visit(Link link) {
      // Who copies getty@tty1.service wants it as it is; see Markdown.
      assertTrue(link.getDestination().startsWith("mailto:"), "a link to " + link.getDestination());
    }

    @Override
    public void visit(Image image) {
      throw new AssertionError("an image of " + image.getDestination());
    }

    @Override
    public void visit(LinkReferenceDefinition definition) {
      throw new AssertionError("a definition of " + definition.getDestination());
    }

    @Override
    public void visit(HtmlInline html) {
      throw new AssertionError("HTML: " + html.getLiteral());
    }

    @Override
    public void visit(IndentedCodeBlock code) {
      throw new AssertionError("code: " + code.getLiteral());
    }

    @Override
    public void visit(HtmlBlock html) {
      assertTrue(
          Set.of("<details><summary>The same as text</summary>", "</details>")
              .contains(html.getLiteral()),
          html.getLiteral());
    }

    @Override
    public void visit(FencedCodeBlock code) {
      assertTrue(Set.of("log", "text", "mermaid").contains(code.getInfo()), code.getInfo());
      assertTrue(code.getClosingFenceLength() != null, "a fence that nothing closes");
      if (code.getInfo().equals("mermaid")) {
        code.getLiteral().lines().forEach(l -> assertTrue(GANTT.matcher(l).matches(), l));
      }
    }

    @Override
    public void visit(Text text) {
      String said = text.getLiteral();
      Matcher refers = Pattern.compile("(?:^|\\W)@\\w|(?:^|\\W|\\w/\\w+)#\\d").matcher(said);
      assertFalse(refers.find(), () -> "a reference: " + said);
    }
  }

  // ---- what is read -----------------------------------------------------------------------------

  private static List<Run.Log> logs(List<Run> runs) {
    return runs.stream().flatMap(run -> run.logs().stream()).toList();
  }

  private static Comparison compared(List<Run> runs) {
    List<RunRecord> records = runs.stream().map(run -> RunRecord.of(run, "")).toList();
    return Comparison.of(List.of(RunRecord.of(Runs.empty(), "")), records);
  }

  private static Schema schema(SpecificationVersion version, String text) {
    return SchemaRegistry.withDefaultDialect(version).getSchema(text);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Sink.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
