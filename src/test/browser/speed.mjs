// How long Chromium takes to open a page, and to scroll it: node speed.mjs PAGE.html
import { launch } from "./browser.mjs";

const browser = await launch();
for (let i = 0; i < 3; i++) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  const start = performance.now();
  await page.goto(`file://${process.argv[2]}`, { waitUntil: "load" });
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
  const opened = performance.now() - start;
  const frames = await page.evaluate(async () => {
    const step = document.body.scrollHeight / 60;
    const frames = [];
    for (let i = 0; i < 60; i++) {
      const before = performance.now();
      scrollBy(0, step);
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      frames.push(performance.now() - before);
    }
    return frames.sort((a, b) => a - b);
  });
  console.log(`opened in ${Math.round(opened)} ms; a frame of scrolling through all of it: ${Math.round(frames[30])} ms in the median, ${Math.round(frames[59])} ms at most`);
  await page.close();
}
await browser.close();
