package dev.loganalyze.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.loganalyze.parse.Precompiled;
import dev.loganalyze.rules.RuleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** A step of the build, after compilation: writes down what the program reads when it starts. */
public final class Precompile {
  private static final List<String> FOLDERS = List.of("crash", "harness", "secrets");

  private Precompile() {}

  /**
   * Writes the rules in the form in which they are read, the files of each other folder of YAML
   * files as one file of JSON beside it, the lexer of lines as a table, and the automata of what is
   * looked for in lines with the states that logs come to.
   *
   * @param args the folder of compiled classes, the jar of picocli, a folder of logs, and the names
   *     of those in it of which automata learn; of all, and of the rules' cases, the parser of
   *     lines does
   */
  public static void main(String[] args) throws IOException, RuleException {
    // What is written must not depend on who builds.
    Locale.setDefault(Locale.ROOT);
    Path classes = Path.of(args[0]);
    for (String folder : FOLDERS) {
      Files.write(
          classes.resolve(folder + ".json"),
          new ObjectMapper().writeValueAsBytes(files(classes.resolve(folder))));
    }
    ObjectNode rules = files(classes.resolve("rules"));
    Files.write(
        classes.resolve(dev.loganalyze.rules.Precompiled.RULES),
        dev.loganalyze.rules.Precompiled.rules(rules));
    Files.write(classes.resolve(Precompiled.LEXER), Precompiled.lexer());
    Files.writeString(
        classes.resolve(dev.loganalyze.cli.Precompiled.HELP),
        dev.loganalyze.cli.Precompiled.help());
    Path samples = Path.of(args[2]);
    Files.write(classes.resolve(Precompiled.PLANS), Precompiled.noPlans());
    try (Stream<Path> paths = Files.list(samples)) {
      List<byte[]> lines =
          contents(paths.filter(p -> p.toString().endsWith(".log")).sorted().toList());
      rules.findValuesAsText("log").forEach(log -> lines.add(log.getBytes(UTF_8)));
      Files.write(classes.resolve(Precompiled.PLANS), Precompiled.plans(lines));
    }
    List<byte[]> logs = contents(Stream.of(args).skip(3).map(samples::resolve).toList());
    Files.write(
        classes.resolve(dev.loganalyze.transcript.Precompiled.SECRETS),
        dev.loganalyze.transcript.Precompiled.secrets(logs));
    Files.write(
        classes.resolve(dev.loganalyze.harness.Precompiled.TELLS),
        dev.loganalyze.harness.Precompiled.tells(logs));
    // It is made of what was written above.
    Files.write(
        classes.resolve(dev.loganalyze.rules.Precompiled.SOUGHT),
        dev.loganalyze.rules.Precompiled.sought(logs));
    renewed(Path.of(args[1]), classes);
  }

  private static List<byte[]> contents(List<Path> files) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(Files.readAllBytes(file));
    }
    return contents;
  }

  /**
   * Writes the classes of {@code jar} anew, as those of Java 8. Picocli's are of Java 5, which no
   * archive of classes takes (JDK-8232069), so that each start would read and verify all of them.
   */
  private static void renewed(Path jar, Path classes) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(file.entries())) {
        if (entry.getName().startsWith("picocli/") && entry.getName().endsWith(".class")) {
          ClassReader old = new ClassReader(file.getInputStream(entry).readAllBytes());
          ClassWriter renewed = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
          old.accept(new OfJava8(renewed), ClassReader.SKIP_FRAMES);
          Path to = classes.resolve(entry.getName());
          Files.createDirectories(to.getParent());
          Files.write(to, renewed.toByteArray());
        }
      }
    }
  }

  private static final class OfJava8 extends ClassVisitor {
    OfJava8(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visit(
        int version, int access, String name, String signature, String above, String[] interfaces) {
      super.visit(Opcodes.V1_8, access, name, signature, above, interfaces);
    }
  }

  private static ObjectNode files(Path folder) throws IOException {
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    ObjectNode files = yaml.createObjectNode();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".yaml")).sorted().toList()) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        try {
          files.set(name, yaml.readTree(path.toFile()));
        } catch (IOException e) {
          throw new IOException(path + ": " + e.getMessage(), e);
        }
      }
    }
    return files;
  }
}
