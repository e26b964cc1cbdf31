package dev.loganalyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Two classes whose static initializers need each other stop two threads for good when each begins
 * with another one (JLS 12.4.2), and analyses begin in several threads at once.
 */
class InitializersTest {
  private static final String OURS = "dev/loganalyze/";
  private static final String INITIALIZER = "<clinit>()V";

  /** What a method does, as far as it can initialize a class. */
  private record Body(Set<String> initialized, Set<String> called) {}

  private final Map<String, Body> bodies = new HashMap<>();
  private final Map<String, String> above = new HashMap<>();

  @Test
  void noTwoClassesWaitForEachOther() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("target/classes/dev/loganalyze"))) {
      read(files.filter(f -> f.toString().endsWith(".class")).toList());
    }
    // That of the known secrets calls a method that reads a file of the program.
    assertTrue(needed(OURS + "transcript/Secrets$Known").contains(OURS + "resource/BuiltIn"));
    assertEquals(Set.of(), circles());
  }

  /** Never initialized: two threads would wait for ever. */
  private static final class Here {
    static final List<String> NAMES = List.of(There.name());
  }

  private static final class There {
    static final List<String> NAMES = Here.NAMES;

    static String name() {
      return NAMES.toString();
    }
  }

  @Test
  void twoThatWouldAreSeen() throws IOException {
    Path tests = Path.of("target/test-classes/dev/loganalyze");
    String name = InitializersTest.class.getSimpleName();
    read(List.of(tests.resolve(name + "$Here.class"), tests.resolve(name + "$There.class")));
    String here = OURS + name + "$Here";
    assertEquals(Set.of(here + " and " + OURS + name + "$There"), circles());
  }

  private void read(List<Path> classes) throws IOException {
    for (Path file : classes) {
      new ClassReader(Files.readAllBytes(file)).accept(new Reader(), ClassReader.SKIP_DEBUG);
    }
  }

  /** Each two classes that need each other. */
  private Set<String> circles() {
    Map<String, Set<String>> needs = new HashMap<>();
    for (String type : above.keySet()) {
      needs.put(type, needed(type));
    }
    Set<String> circles = new TreeSet<>();
    needs.forEach(
        (type, needed) -> {
          for (String other : needed) {
            if (type.compareTo(other) < 0 && needs.get(other).contains(type)) {
              circles.add(type + " and " + other);
            }
          }
        });
    return circles;
  }

  /** The classes of ours that are initialized while {@code type} is, and have an initializer. */
  private Set<String> needed(String type) {
    Set<String> needed = new HashSet<>();
    Set<String> seen = new HashSet<>();
    Deque<String> methods = new ArrayDeque<>();
    initialize(type, needed, methods);
    while (!methods.isEmpty()) {
      String method = methods.pop();
      if (seen.add(method) && bodies.containsKey(method)) {
        Body body = bodies.get(method);
        methods.addAll(body.called());
        body.initialized().forEach(other -> initialize(other, needed, methods));
      }
    }
    needed.remove(type);
    return needed;
  }

  private void initialize(String type, Set<String> needed, Deque<String> methods) {
    for (String one = type; above.containsKey(one); one = above.get(one)) {
      if (bodies.containsKey(one + "." + INITIALIZER) && needed.add(one)) {
        methods.add(one + "." + INITIALIZER);
      }
    }
  }

  private final class Reader extends ClassVisitor {
    private String type;

    Reader() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(int v, int access, String name, String s, String superName, String[] i) {
      type = name;
      above.put(name, superName);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      Body body = new Body(new HashSet<>(), new HashSet<>());
      bodies.put(type + "." + name + descriptor, body);
      return new Instructions(body);
    }
  }

  private static final class Instructions extends MethodVisitor {
    private final Body body;

    Instructions(Body body) {
      super(Opcodes.ASM9);
      this.body = body;
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      if (opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC) {
        uses(owner);
      }
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String d, boolean i) {
      if (opcode == Opcodes.INVOKESTATIC) {
        uses(owner);
      }
      body.called().add(owner + "." + name + d);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      if (opcode == Opcodes.NEW) {
        uses(type);
      }
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String d, Handle bootstrap, Object... with) {
      for (Object one : with) {
        if (one instanceof Handle handle) {
          uses(handle.getOwner());
          body.called().add(handle.getOwner() + "." + handle.getName() + handle.getDesc());
        }
      }
    }

    private void uses(String type) {
      if (type.startsWith(OURS)) {
        body.initialized().add(type);
      }
    }
  }
}
