// Pictures of pages: node gallery.mjs PAGES INTO
import { launch } from "./browser.mjs";

const [pages, into] = process.argv.slice(2);
const pictures = [
  { name: "verdict-light", page: "failed", height: 980 },
  { name: "verdict-dark", page: "failed", height: 980, colorScheme: "dark" },
  { name: "verdict-narrow", page: "failed", width: 390, height: 980 },
  { name: "timeline-light", page: "timed", at: "#time", height: 1100 },
  { name: "timeline-dark", page: "timed", at: "#time", height: 1100, colorScheme: "dark" },
  { name: "log-light", page: "failed", at: "#L608", height: 700 },
  { name: "several-light", page: "many", height: 1000 },
];

const browser = await launch();
for (const { name, page, at = "", width = 1160, height, colorScheme = "light" } of pictures) {
  const tab = await browser.newPage({ viewport: { width, height }, colorScheme });
  await tab.goto(`file://${pages}/${page}.html${at}`);
  await tab.waitForTimeout(300);
  await tab.screenshot({ path: `${into}/${name}.png` });
  await tab.close();
}
await browser.close();
