package dev.loganalyze.rules;

import dev.loganalyze.boot.Observation;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.parse.Condition;
import dev.loganalyze.parse.Level;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.resource.Packed;
import dev.loganalyze.session.Fact;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The form in which the build leaves the rules that come with the program: they have been read and
 * checked, and their patterns parsed. For each part of a rule there is a method that writes it and
 * one that reads the same in the same order.
 */
final class PackedRules {
  /** The number of an expression that is null. */
  private static final int NONE = -1;

  private PackedRules() {}

  /** The bytes of which {@link #read} makes {@code rules}. */
  static byte[] written(Collection<Rule> rules) {
    Packed.Writer body = new Packed.Writer();
    Out rulesOut = new Out();
    body.list(rules, rulesOut::rule);
    Packed.Writer out = new Packed.Writer();
    Expression.pack(out, List.copyOf(rulesOut.numbers.keySet()));
    out.append(body);
    return out.written();
  }

  /** The rules that {@link #written} wrote, in their order. */
  static List<Rule> read(Packed.Reader in) {
    return in.list(new In(Expression.unpack(in))::rule);
  }

  private static final class Out {
    /** The expressions so far, each once, by what stands for them. */
    private final Map<Expression, Integer> numbers = new LinkedHashMap<>();

    void rule(Packed.Writer out, Rule rule) {
      out.text(rule.id());
      out.text(rule.title());
      out.word(rule.severity());
      // Immutable maps have another order in each process.
      map(out, new TreeMap<>(rule.severities()), Packed.Writer::word);
      out.text(rule.subject());
      out.list(rule.match(), this::match);
      out.text(rule.explain());
      out.text(rule.advice());
      out.text(rule.collect());
      out.list(rule.causes(), Packed.Writer::text);
      out.list(rule.yields(), Packed.Writer::text);
      out.list(rule.falsepositives(), Packed.Writer::text);
      out.list(rule.references(), Packed.Writer::text);
      out.later(rule.cases(), Out::one);
    }

    private void match(Packed.Writer out, Rule.Match match) {
      line(out, match.line());
      out.word(match.observed());
      out.text(match.field());
      out.text(match.crash());
      expression(out, match.commandline());
      out.list(match.when() == null ? List.of() : List.of(match.when()), Out::condition);
      map(out, match.parts(), this::line);
    }

    private void line(Packed.Writer out, Rule.Line line) {
      expression(out, line.pattern());
      expression(out, line.unless());
      expression(out, line.until());
      out.integer(line.lines());
      out.list(line.shapes(), Packed.Writer::word);
      out.list(line.origins(), Packed.Writer::word);
      out.word(line.level());
      out.list(line.phases(), Packed.Writer::word);
      expression(out, line.unit());
      out.texts(line.process());
      out.text(line.messageId());
      expression(out, line.command());
      out.word(line.output());
      map(out, line.fields(), this::expression);
    }

    private void expression(Packed.Writer out, Expression expression) {
      out.integer(
          expression == null ? NONE : numbers.computeIfAbsent(expression, e -> numbers.size()));
    }

    private static void condition(Packed.Writer out, Condition condition) {
      out.word(condition.kind());
      out.list(condition.parts(), Packed.Writer::text);
      out.integer(condition.least());
      out.number(condition.within());
    }

    private static void one(Packed.Writer out, Rule.Case one) {
      out.text(one.log());
      out.list(one.budgets(), Packed.Writer::text);
      out.list(one.finds(), (to, names) -> map(to, names, Packed.Writer::text));
    }

    private static <V> void map(
        Packed.Writer out, Map<String, V> map, BiConsumer<Packed.Writer, V> write) {
      out.integer(map.size());
      map.forEach(
          (name, value) -> {
            out.text(name);
            write.accept(out, value);
          });
    }
  }

  private static final class In {
    private static final Severity[] SEVERITIES = Severity.values();
    private static final Shape[] SHAPES = Shape.values();
    private static final Origin[] ORIGINS = Origin.values();
    private static final Level[] LEVELS = Level.values();
    private static final Phase.Kind[] PHASES = Phase.Kind.values();
    private static final Fact.Kind[] FACTS = Fact.Kind.values();
    private static final Observation.Kind[] OBSERVATIONS = Observation.Kind.values();
    private static final Condition.Kind[] CONDITIONS = Condition.Kind.values();

    private final List<Expression> expressions;

    In(List<Expression> expressions) {
      this.expressions = expressions;
    }

    Rule rule(Packed.Reader in) {
      return new Rule(
          in.text(),
          in.text(),
          in.word(SEVERITIES),
          map(in, from -> from.word(SEVERITIES)),
          in.text(),
          in.list(this::match),
          in.text(),
          in.text(),
          in.text(),
          in.list(Packed.Reader::text),
          in.list(Packed.Reader::text),
          in.list(Packed.Reader::text),
          in.list(Packed.Reader::text),
          in.later(In::one));
    }

    private Rule.Match match(Packed.Reader in) {
      return new Rule.Match(
          line(in),
          in.word(OBSERVATIONS),
          in.text(),
          in.text(),
          expression(in),
          condition(in),
          map(in, this::line));
    }

    private Rule.Line line(Packed.Reader in) {
      return new Rule.Line(
          expression(in),
          expression(in),
          expression(in),
          in.integer(),
          words(in, SHAPES),
          words(in, ORIGINS),
          in.word(LEVELS),
          words(in, PHASES),
          expression(in),
          in.texts(),
          in.text(),
          expression(in),
          in.word(FACTS),
          map(in, this::expression));
    }

    private Expression expression(Packed.Reader in) {
      int number = in.integer();
      return number == NONE ? null : expressions.get(number);
    }

    private static Condition condition(Packed.Reader in) {
      List<Condition> condition =
          in.list(
              from ->
                  new Condition(
                      from.word(CONDITIONS),
                      from.list(Packed.Reader::text),
                      from.integer(),
                      from.number()));
      return condition.isEmpty() ? null : condition.get(0);
    }

    private static Rule.Case one(Packed.Reader in) {
      return new Rule.Case(
          in.text(), in.list(Packed.Reader::text), in.list(from -> map(from, Packed.Reader::text)));
    }

    private static <E extends Enum<E>> Set<E> words(Packed.Reader in, E[] words) {
      List<E> list = in.list(from -> from.word(words));
      return list.isEmpty() ? Set.of() : Collections.unmodifiableSet(new LinkedHashSet<>(list));
    }

    private static <V> Map<String, V> map(Packed.Reader in, Function<Packed.Reader, V> read) {
      int size = in.integer();
      if (size == 0) {
        return Map.of();
      }
      Map<String, V> map = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        map.put(in.text(), read.apply(in));
      }
      return Collections.unmodifiableMap(map);
    }
  }
}
