// What a person does with the HTML page, done in Chromium. The folder of the pages is in PAGES;
// BrowserIT writes them and starts this.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";

const pages = process.env.PAGES;
const samples = ["emergency", "good", "timed"];
const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
let browser;

before(async () => (browser = await launch()));
after(() => browser.close());

/** Opens a page, which must load nothing and complain about nothing; `use` it. */
async function on(name, use, options = {}, hash = "") {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  const address = `file://${pages}/${name}.html`;
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => complaints.push(dialog.message()) && dialog.dismiss());
  page.on("request", (request) => {
    if (request.url().replace(/#.*/, "") !== address) {
      complaints.push(request.url());
    }
  });
  await page.goto(address + hash);
  await use(page);
  assert.deepEqual(complaints, []);
  await context.close();
}

const visible = (page, what) => page.locator(what).filter({ visible: true }).count();

for (const name of [...samples, "hostile", "two"]) {
  test(`${name}: opens without a request, an error or a word on the console`, () =>
    on(name, async (page) => assert.ok(await page.title())));

  for (const colorScheme of ["light", "dark"]) {
    test(`${name}: axe finds nothing in ${colorScheme} colours`, () =>
      on(
        name,
        async (page) => {
          await page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))");
          await page.evaluate(axe);
          // The colours are all that differs in the dark.
          const rules = colorScheme === "dark" ? "{ runOnly: ['color-contrast'] }" : "{}";
          const found = await page.evaluate(`axe.run(${rules})`);
          const told = found.violations.map((v) => `${v.id}: ${v.nodes[0].html} (${v.nodes[0].failureSummary})`);
          assert.deepEqual(told, []);
          assert.ok(found.passes.length > (colorScheme === "dark" ? 0 : 20));
        },
        { colorScheme },
      ));
  }

  test(`${name}: fits a screen of 320 pixels, which 400 % zoom leaves`, () =>
    on(
      name,
      async (page) => {
        const width = await page.evaluate("document.scrollingElement.scrollWidth");
        assert.ok(width <= 320, `${width} pixels`);
      },
      { viewport: { width: 320, height: 640 } },
    ));

  test(`${name}: prints`, () =>
    on(name, async (page) => {
      const pdf = await page.pdf();
      assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      assert.equal(await visible(page, ".log"), 0);
      const paper = await page.evaluate("getComputedStyle(document.body).backgroundColor");
      assert.equal(paper, "rgb(255, 255, 255)");
    }));
}

for (const name of samples) {
  test(`${name}: all of it is there with scripts off`, () =>
    on(
      name,
      async (page) => {
        assert.equal(await visible(page, ".buttons"), 0);
        assert.ok((await visible(page, "h1")) === 1 && (await visible(page, "svg.bar")) > 0);
        assert.ok((await visible(page, ".log li[id]")) > 300);
        assert.equal(await visible(page, ".log u"), 0);
        await page.locator(".log .raw").check();
        assert.ok((await visible(page, ".log u")) > 300);
        const summary = page.locator(".findings summary").first();
        await summary.click({ position: { x: 5, y: 8 } });
        assert.ok(await page.locator(".findings details[open]").count());
      },
      { javaScriptEnabled: false },
    ));

  test(`${name}: a deep link leads to its line, with and without scripts`, async () => {
    for (const javaScriptEnabled of [true, false]) {
      const line = name === "emergency" ? "#L560" : "#L300";
      await on(
        name,
        async (page) => {
          const target = page.locator(line);
          await assert.doesNotReject(target.waitFor({ state: "visible", timeout: 3000 }));
          const box = await target.boundingBox();
          assert.ok(box.y >= 100 && box.y < 700, `at ${box.y}, under the bars or out of sight`);
        },
        { javaScriptEnabled },
        line,
      );
    }
  });

  test(`${name}: a range of lines is marked`, () =>
    on(name, async (page) => assert.equal(await page.locator("li.hit").count(), 11), {}, "#L100-L110"));

  test(`${name}: a click on a line's number is its address, with Shift a range`, () =>
    on(name, async (page) => {
      await page.locator("#L20").scrollIntoViewIfNeeded();
      await page.locator("#L20").click({ position: { x: 30, y: 8 } });
      assert.ok(page.url().endsWith("#L20"), page.url());
      await page.locator("#L23").click({ position: { x: 30, y: 8 }, modifiers: ["Shift"] });
      assert.ok(page.url().endsWith("#L20-L23"), page.url());
      assert.equal(await page.locator("li.hit").count(), 4);
    }));

  test(`${name}: the log is filtered, and the address keeps the filter`, () =>
    on(name, async (page) => {
      const lines = await visible(page, ".log ol > li");
      await page.locator(".find-line").fill("Linux version");
      await page.locator("output", { hasText: " of " }).waitFor();
      assert.equal(await visible(page, ".log ol > li"), 1);
      assert.ok(page.url().endsWith("#q=Linux%20version"), page.url());
      await page.reload();
      await page.locator("output", { hasText: "1 of " }).waitFor();
      assert.equal(await visible(page, ".log ol > li"), 1);
      await page.locator(".find-line").fill("");
      await page.locator("#L2").waitFor();
      assert.equal(await visible(page, ".log ol > li"), lines);
    }));

  test(`${name}: phases fold, one and all`, () =>
    on(name, async (page) => {
      await page.locator(".fold > summary").first().click();
      assert.equal(await visible(page, "#L1"), 0);
      await page.locator("button.fold").click();
      assert.equal(await visible(page, ".log li[id]"), 0);
      await page.locator("button.fold").click();
      assert.equal(await visible(page, "#L1"), 1);
    }));

  test(`${name}: the next finding comes into sight`, () =>
    on(name, async (page) => {
      await page.locator("button.next").click();
      const first = page.url();
      await page.locator("button.next").click();
      assert.notEqual(page.url(), first);
      assert.ok(await page.locator("li:target > a").count());
    }));

  test(`${name}: a table is sorted by a click, and the other way by another`, () =>
    on(name, async (page) => {
      const heading = page.locator("table.units th button", { hasText: "Ran" }).first();
      const values = () =>
        page.evaluate(
          "[...document.querySelector('table.units tbody').rows].map((r) => Number(r.cells[3].dataset.v))",
        );
      await heading.click();
      const down = await values();
      assert.deepEqual(down, [...down].sort((a, b) => b - a));
      await heading.press("Enter");
      const up = await values();
      assert.deepEqual(up, [...down].sort((a, b) => a - b));
      assert.ok(up[0] < up.at(-1));
      assert.equal(await page.locator('th[aria-sort="ascending"]').count(), 1);
    }));

  test(`${name}: the timeline zooms by button, key and drag, and is filtered`, () =>
    on(name, async (page) => {
      const svg = page.locator("svg.timeline").first();
      const width = async () => (await svg.boundingBox()).width;
      const whole = await width();
      await page.locator('[data-zoom="2"]').first().click();
      assert.ok(Math.abs((await width()) - 2 * whole) < 2);
      await page.locator(".picture .scroll").first().focus();
      await page.keyboard.press("-");
      assert.ok(Math.abs((await width()) - whole) < 2);
      await svg.scrollIntoViewIfNeeded();
      const box = await page.locator(".picture .scroll").first().boundingBox();
      await page.mouse.move(box.x + 300, box.y + 200);
      await page.mouse.down();
      await page.mouse.move(box.x + 600, box.y + 200, { steps: 5 });
      await page.mouse.up();
      assert.ok((await width()) > 3 * whole, "a drag over a quarter shows that quarter");
      await page.keyboard.press("0");
      const rows = await visible(page, "g.row");
      await page.locator(".find-unit").first().fill("journald");
      const left = await visible(page, "g.row");
      assert.ok(left > 0 && left < rows, `${left} of ${rows}`);
    }));

  test(`${name}: a bar tells its times and leads to its line`, () =>
    on(name, async (page) => {
      const row = page.locator("g.row.others").first();
      const mark = row.locator("rect.ran, circle").first();
      await mark.scrollIntoViewIfNeeded();
      await mark.hover({ force: true });
      assert.match(await page.locator(".told").first().textContent(), /ended at/);
      await mark.click({ force: true });
      assert.match(page.url(), /#L\d+$/);
      assert.equal(await page.locator(":target").count(), 1);
    }));

  test(`${name}: dark and light follow the system, and the reader`, () =>
    on(
      name,
      async (page) => {
        const paper = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
        const dark = await paper();
        await page.locator(".theme").selectOption("light");
        assert.equal(await paper(), "rgb(255, 255, 255)");
        await page.locator(".theme").selectOption("");
        assert.equal(await paper(), dark);
        assert.notEqual(dark, "rgb(255, 255, 255)");
      },
      { colorScheme: "dark" },
    ));

  test(`${name}: every part can be reached by keyboard`, () =>
    on(name, async (page) => {
      await page.keyboard.press("Tab");
      const seen = new Set();
      for (let i = 0; i < 60; i++) {
        seen.add(await page.evaluate("document.activeElement.closest('section')?.id ?? ''"));
        await page.keyboard.press("Tab");
      }
      assert.ok(seen.has("time"), [...seen].join(" "));
    }));
}

test("hostile: nothing of the log is markup, runs or turns the writing", () =>
  on("hostile", async (page) => {
    assert.equal(await page.locator("img, iframe, object, form").count(), 0);
    assert.equal(await page.locator("script").count(), 1);
    const text = await page.locator("body").textContent();
    for (const said of ["<img src=http://evil.example/x onerror=alert(1)>", "]]>", "${1+1}", "<#if>", "\\x1b", "\\u202e"]) {
      assert.ok(text.includes(said), said);
    }
    assert.ok(!/[\u202a-\u202e\u2066-\u2069\u001b\u009b]/.test(await page.content()));
  }));

test("two: the runs stand side by side and lead to their parts", () =>
  on("two", async (page) => {
    await page.locator(".overview a", { hasText: "10-unit-exit-1" }).first().click();
    assert.match(page.url(), /#r2-run$/);
    assert.equal(await page.locator("article.run").count(), 2);
    assert.ok(await page.locator("h2", { hasText: "What changed" }).count());
  }));
