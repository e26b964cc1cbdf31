// Chromium, as the tests and the gallery start it.
import { chromium } from "playwright-core";

/** A browser without a network, a first run or a sandbox (tests run as root in containers). */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
