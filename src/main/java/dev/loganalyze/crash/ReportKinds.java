package dev.loganalyze.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loganalyze.crash.ReportKind.Form;
import dev.loganalyze.crash.ReportKind.Pick;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.resource.BuiltIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The kinds of reports, as files under {@code resources/crash} describe them. Immutable. */
final class ReportKinds {
  /** The files with kinds of reports: of two kinds that fit a line, the earlier one counts. */
  private static final List<String> FILES =
      List.of(
          "sanitizers",
          "panics",
          "locks",
          "stalls",
          "memory",
          "faults",
          "warnings",
          "hardware",
          "others");

  private static final ReportKinds BUILT_IN = new ReportKinds(BuiltIn.files("crash"));

  private final List<ReportKind> kinds = new ArrayList<>();
  private final Macros macros;

  private ReportKinds(JsonNode files) {
    macros = Macros.of(files.get("stacks.yaml"));
    for (String name : FILES) {
      for (JsonNode kind : files.get(name + ".yaml")) {
        kinds.add(kind(kind));
      }
    }
  }

  /** The kinds that come with the program. */
  static ReportKinds builtIn() {
    return BUILT_IN;
  }

  /** In the order in which they are tried. */
  List<ReportKind> kinds() {
    return kinds;
  }

  // ---- reading ----------------------------------------------------------------------------------

  private ReportKind kind(JsonNode node) {
    String begins = macros.expand(node.path("begins").asText());
    List<Form> forms = new ArrayList<>();
    for (JsonNode form : node.path("forms")) {
      forms.add(form(form, node));
    }
    return new ReportKind(
        node.path("rule").asText(),
        Expression.tested(begins),
        node.has("unless") ? Expression.tested(macros.expand(node.path("unless").asText())) : null,
        node.has("joins") ? Expression.tested(macros.expand(node.path("joins").asText())) : null,
        node.path("ends").asBoolean(false),
        node.path("kernelOnly").asBoolean(false),
        node.path("strict").asBoolean(false),
        List.copyOf(forms));
  }

  private Form form(JsonNode node, JsonNode kind) {
    List<Expression> more = new ArrayList<>();
    node.path("more").forEach(m -> more.add(Expression.tested(macros.expand(m.asText()))));
    List<String> alt = new ArrayList<>();
    node.path("alt").forEach(a -> alt.add(a.asText()));
    List<List<String>> look = new ArrayList<>();
    JsonNode places = node.has("look") ? node.path("look") : kind.path("look");
    for (JsonNode alternative : places) {
      List<String> steps = new ArrayList<>();
      for (String step : alternative.asText().split(" ")) {
        steps.add(step);
      }
      look.add(List.copyOf(steps));
    }
    JsonNode skip = node.has("skip") ? node.path("skip") : kind.path("skip");
    String pick = node.path("pick").asText(kind.path("pick").asText("first"));
    return new Form(
        node.has("rule") ? node.path("rule").asText() : null,
        Expression.tested(
            macros.expand((node.has("line") ? node.path("line") : kind.path("begins")).asText())),
        List.copyOf(more),
        node.path("title").asText(),
        List.copyOf(alt),
        node.path("function").asText("${guilty}"),
        List.copyOf(look),
        skip.isEmpty() ? null : Expression.tested(macros.anyOf(skip)),
        Pick.valueOf(pick.toUpperCase(Locale.ROOT)),
        node.path("stackless").asBoolean(false),
        node.path("cut").asBoolean(false));
  }
}
