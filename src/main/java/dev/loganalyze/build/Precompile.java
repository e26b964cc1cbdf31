package dev.loganalyze.build;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.loganalyze.parse.Precompiled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A step of the build, after compilation: writes down what the program reads when it starts. */
public final class Precompile {
  private static final List<String> FOLDERS = List.of("rules", "crash", "harness", "secrets");

  private Precompile() {}

  /**
   * Writes the files of each folder of YAML files as one file of JSON beside it, and the lexer of
   * lines as a table.
   *
   * @param args the folder of compiled classes
   */
  public static void main(String[] args) throws IOException {
    Path classes = Path.of(args[0]);
    for (String folder : FOLDERS) {
      Files.write(
          classes.resolve(folder + ".json"),
          new ObjectMapper().writeValueAsBytes(files(classes.resolve(folder))));
    }
    Files.write(classes.resolve(Precompiled.LEXER), Precompiled.lexer());
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
