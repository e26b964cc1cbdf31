package dev.loganalyze;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What once broke a target of {@link Fuzz} breaks it no more, and neither does what it begins with.
 */
class FuzzTest {

  @TestFactory
  List<DynamicTest> whatOnceBrokeATarget() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Fuzz.Target target : Fuzz.Target.values()) {
      if (Files.isDirectory(target.found())) {
        try (Stream<Path> inputs = Files.list(target.found())) {
          for (Path input : inputs.sorted().toList()) {
            tests.add(
                DynamicTest.dynamicTest(
                    target + " " + input.getFileName(),
                    () -> target.run(Files.readAllBytes(input))));
          }
        }
      }
    }
    return tests;
  }

  @TestFactory
  Stream<DynamicTest> aTargetHoldsOfItsSeeds() {
    return Stream.of(Fuzz.Target.values())
        .map(
            target ->
                DynamicTest.dynamicTest(
                    target.toString(),
                    () -> {
                      List<byte[]> seeds = target.seeds();
                      assertFalse(seeds.isEmpty());
                      for (byte[] seed : seeds.subList(0, Math.min(40, seeds.size()))) {
                        target.run(seed);
                      }
                    }));
  }
}
