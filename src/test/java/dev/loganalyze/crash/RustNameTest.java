package dev.loganalyze.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Symbols of Rust, as RFC 2603 writes them. */
class RustNameTest {

  @Test
  void pathsOfModulesAndFunctions() {
    assertEquals("acme::open", RustName.of("_RNvCs1234_4acme4open"));
    assertEquals("acme::sub::open", RustName.of("_RNvNtCs1234_4acme3sub4open"));
  }

  @Test
  void methodsAndTraitsWithBackReferences() {
    assertEquals(
        "<acme::node::Node>::update", RustName.of("_RNvMs0_NtCs12_4acme4nodeNtB5_4Node6update"));
    assertEquals(
        "<acme::Card as kernel::miscdevice::MiscDevice>::mmap",
        RustName.of("_RNvXs1_Cs12_4acmeNtB5_4CardNtNtCs34_6kernel10miscdevice10MiscDevice4mmap"));
  }

  @Test
  void genericArgumentsAndClosures() {
    assertEquals("acme::get::<u32, &str>", RustName.of("_RINvCs12_4acme3getmReE"));
    assertEquals("acme::open::{closure}", RustName.of("_RNCNvCs12_4acme4open0"));
  }

  @Test
  void whatIsNoSuchSymbolOrNotWholeStaysAsItIs() {
    for (String other :
        new String[] {
          "acme_open", "_R", "_RNv", "_RNvCs1234_4acme", "_RNvCs1234_9acme4open", "_RNvB9_4open"
        }) {
      assertEquals(other, RustName.of(other));
    }
  }

  @Test
  void referencesToThemselvesAndDeepNestingEnd() {
    String self = "_RNvB_4open";
    assertEquals(self, RustName.of(self));
    String deep = "_R" + "Nv".repeat(5_000);
    assertEquals(deep, RustName.of(deep));
    String wide = "_RINvC4acme3get" + "TTTTTTTTTT".repeat(50) + "E".repeat(500);
    assertEquals(wide, RustName.of(wide));
  }
}
