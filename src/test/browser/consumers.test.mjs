// The programs that other formats are made for, given them: Mermaid draws the charts of Markdown,
// speedscope reads the trace.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";

const pages = process.env.PAGES;
const modules = fileURLToPath(new URL("node_modules/", import.meta.url));
let browser;

before(async () => (browser = await launch()));
after(() => browser.close());

test("Mermaid draws the Gantt chart of the Markdown report", async () => {
  const markdown = readFileSync(`${pages}/timed.md`, "utf8");
  const charts = [...markdown.matchAll(/^```mermaid\n(.*?)^```$/gms)].map((m) => m[1]);
  assert.equal(charts.length, 1);
  const page = await browser.newPage();
  await page.addScriptTag({ path: `${modules}@mermaid-js/tiny/dist/mermaid.tiny.js` });
  const drawn = await page.evaluate(async (chart) => {
    mermaid.initialize({ startOnLoad: false });
    const { svg } = await mermaid.render("chart", chart);
    document.body.innerHTML = svg;
    const texts = (what) => [...document.querySelectorAll(what)].map((e) => e.textContent);
    return { bars: document.querySelectorAll("rect.task").length, ticks: texts(".tick text"), names: texts("[class*=taskText]") };
  }, charts[0]);
  const tasks = charts[0].split("\n").filter((line) => / :/.test(line));
  assert.ok(tasks.length > 15 && tasks.length <= 25, `${tasks.length} tasks`);
  assert.equal(drawn.bars, tasks.length);
  assert.ok(drawn.ticks.length > 2 && drawn.ticks.every((t) => /^\d\d:\d\d$/.test(t)), drawn.ticks.join());
  assert.ok(drawn.names.some((n) => n.includes("dev-vdz.device")), drawn.names.join());
});

test("speedscope reads the trace", async () => {
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("dialog", (dialog) => errors.push(dialog.message()) && dialog.dismiss());
  await page.goto(`file://${modules}speedscope/dist/release/index.html`);
  await page.locator('input[type="file"]').setInputFiles(`${pages}/timed.trace.json`);
  const events = JSON.parse(readFileSync(`${pages}/timed.trace.json`, "utf8")).traceEvents;
  const lanes = events.filter((event) => event.name === "thread_name").length;
  assert.ok(lanes > 5, `${lanes} lanes`);
  await page.getByText(`phases (tid 1) (1/${lanes})`).waitFor({ timeout: 20000 });
  assert.deepEqual(errors, []);
});
