"use strict";
// All that this page shows is there without this script: it sorts, filters, zooms and folds.

const all = (what, within = document) => [...within.querySelectorAll(what)];

all("[hidden]").forEach((element) => (element.hidden = false));

// ---- colours

for (const select of all(".theme")) {
  select.addEventListener("change", () => {
    document.documentElement.dataset.theme = select.value;
  });
}

// ---- tables: a click on a heading sorts, a second one the other way round

function valueOf(row, column) {
  const cell = row.cells[column];
  return cell.dataset.v ?? cell.textContent.trim();
}

function sort(table, heading, column) {
  const down = heading.ariaSort ? heading.ariaSort === "ascending" : heading.matches(".number");
  all("th", table).forEach((other) => (other.ariaSort = null));
  heading.ariaSort = down ? "descending" : "ascending";
  const rows = all("tbody > tr", table);
  const numbers = rows.every((row) => !isNaN(valueOf(row, column)));
  const compare = (one, other) =>
    numbers
      ? valueOf(one, column) - valueOf(other, column)
      : valueOf(one, column).localeCompare(valueOf(other, column), "en", { numeric: true });
  rows.sort((one, other) => (down ? compare(other, one) : compare(one, other)));
  table.tBodies[0].append(...rows);
}

for (const table of all("table.sortable")) {
  all("thead th", table).forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(table, heading, column));
    heading.append(button);
  });
}

// ---- timelines

class Picture {
  constructor(element) {
    this.scroll = element.querySelector(".scroll");
    this.svg = element.querySelector("svg.timeline");
    this.told = element.querySelector(".told");
    this.height = Number(this.svg.getAttribute("height"));
    this.zoom = 1;
    for (const button of all("[data-zoom]", element)) {
      button.addEventListener("click", () => this.zoomBy(Number(button.dataset.zoom)));
    }
    element.querySelector(".find-unit").addEventListener("input", (e) => this.filter(e.target.value));
    this.scroll.addEventListener("keydown", (e) => this.key(e));
    this.svg.addEventListener("pointerover", (e) => this.tell(e));
    this.svg.addEventListener("pointerdown", (e) => this.drag(e));
    this.svg.addEventListener("click", (e) => this.dragged && e.preventDefault(), true);
  }

  /** Shows `factor` times as much detail around `at` (0 to 1 of the width); all of it for 0. */
  zoomBy(factor, at = 0.5) {
    const width = this.svg.getBoundingClientRect().width;
    const place = (this.scroll.scrollLeft + at * this.scroll.clientWidth) / width;
    this.zoom = factor === 0 ? 1 : Math.max(1, Math.min(64, this.zoom * factor));
    this.svg.style.width = `${100 * this.zoom}%`;
    const wider = this.svg.getBoundingClientRect().width;
    this.scroll.scrollLeft = place * wider - at * this.scroll.clientWidth;
  }

  key(event) {
    const factor = { "+": 2, "=": 2, "-": 0.5, 0: 0 }[event.key];
    if (factor !== undefined && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.zoomBy(factor);
    }
  }

  tell(event) {
    const title = event.target.closest("g")?.querySelector("title");
    if (title) {
      this.told.textContent = title.textContent;
    }
  }

  drag(down) {
    this.dragged = false;
    if (down.button !== 0 || down.pointerType === "touch") {
      return;
    }
    const box = this.scroll.getBoundingClientRect();
    const range = document.createElement("div");
    range.className = "range";
    const move = (event) => {
      const from = Math.min(down.clientX, event.clientX);
      const width = Math.abs(event.clientX - down.clientX);
      if (width > 8) {
        event.preventDefault();
        this.dragged = true;
        this.scroll.append(range);
        range.style.left = `${from - box.left + this.scroll.scrollLeft}px`;
        range.style.width = `${width}px`;
      }
    };
    const up = (event) => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      range.remove();
      if (this.dragged) {
        const middle = (down.clientX + event.clientX) / 2 - box.left;
        const width = Math.abs(event.clientX - down.clientX);
        const place = this.scroll.scrollLeft + middle;
        const before = this.svg.getBoundingClientRect().width;
        this.zoomBy(this.scroll.clientWidth / width, 0.5);
        const after = this.svg.getBoundingClientRect().width;
        this.scroll.scrollLeft = (place / before) * after - this.scroll.clientWidth / 2;
      }
    };
    down.preventDefault();
    this.scroll.focus({ preventScroll: true });
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
  }

  /** Keeps the rows whose names contain `words`, and closes the gaps. */
  filter(words) {
    const wanted = words.toLowerCase();
    let gap = 0;
    let head = null;
    for (const g of all("g.row, g.head", this.svg)) {
      const isHead = g.matches(".head");
      const shown = isHead || g.dataset.name.toLowerCase().includes(wanted);
      g.style.display = shown ? "" : "none";
      gap += shown ? 0 : 20;
      g.setAttribute("transform", `translate(0,${-gap})`);
      head = isHead ? g : head;
    }
    all("line.chain", this.svg).forEach((line) => (line.style.display = wanted ? "none" : ""));
    this.svg.setAttribute("height", this.height - gap);
  }
}

all(".picture").forEach((element) => new Picture(element));

// ---- logs

class Log {
  constructor(element) {
    this.element = element;
    this.output = element.querySelector("output");
    this.find = element.querySelector(".find-line");
    this.find.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.filter(this.find.value), 150);
    });
    element.querySelector(".fold").addEventListener("click", (e) => this.fold(e.target));
    element.querySelector(".next").addEventListener("click", () => this.step(1));
    element.querySelector(".previous").addEventListener("click", () => this.step(-1));
    element.addEventListener("click", (e) => this.click(e));
  }

  /** Keeps the lines that contain `words`; the address keeps them too. */
  filter(words) {
    const wanted = words.toLowerCase();
    let shown = 0;
    let count = 0;
    this.element.style.display = "none";
    for (const fold of all(".fold", this.element)) {
      let some = false;
      for (const line of all("ol > li", fold)) {
        const here = !wanted || line.textContent.toLowerCase().includes(wanted);
        line.hidden = !here;
        some ||= here;
        if (!line.matches(".same")) {
          count++;
          shown += here ? 1 : 0;
        }
      }
      fold.hidden = !some;
    }
    this.element.style.display = "";
    this.output.textContent = wanted ? `${shown} of ${count}` : "";
    const hash = wanted ? `#q=${encodeURIComponent(words)}` : "#";
    history.replaceState(null, "", location.href.replace(/#.*|$/, hash));
  }

  fold(button) {
    const open = button.textContent === "Unfold all";
    all(".fold", this.element).forEach((fold) => (fold.open = open));
    button.textContent = open ? "Fold all" : "Unfold all";
  }

  /** Goes to the next line that shows a finding. */
  step(by) {
    const noted = all("li > a", this.element).map((a) => a.parentElement);
    const lines = noted.filter((line, i) => line !== noted[i - 1]);
    this.at = lines.length ? ((this.at ?? (by > 0 ? -1 : 0)) + by + lines.length) % lines.length : 0;
    if (lines.length) {
      location.hash = lines[this.at].id;
    }
  }

  /** A click on a line's number makes it the address of the page; with Shift, a range of lines. */
  click(event) {
    const line = event.target.closest("li[id]");
    if (line && event.target === line && event.offsetX < 72) {
      const first = event.shiftKey && this.first ? this.first : line.id;
      this.first = first;
      location.hash = first === line.id ? line.id : `${first}-${line.id}`;
    }
  }
}

const logs = all(".log").map((element) => new Log(element));

/** `#L120-L140` marks these lines, `#q=words` filters by them. */
function follow() {
  const hash = decodeURIComponent(location.hash.slice(1));
  all("li.hit").forEach((line) => line.classList.remove("hit"));
  const range = /^(.*L)(\d+)-(?:.*L)?(\d+)$/.exec(hash);
  if (range) {
    const [first, last] = [Number(range[2]), Number(range[3])].sort((a, b) => a - b);
    let begin = null;
    for (let line = first; line <= Math.min(last, first + 100000); line++) {
      const element = document.getElementById(range[1] + line);
      element?.classList.add("hit");
      begin ??= element;
    }
    unfold(begin);
    show(begin);
  } else if (hash.startsWith("q=")) {
    for (const log of logs) {
      log.find.value = hash.slice(2);
      log.filter(log.find.value);
      log.element.scrollIntoView();
    }
  } else {
    const target = hash && document.getElementById(hash);
    if (target) {
      unfold(target);
      show(target);
    }
  }
}

/** Scrolls to `element`, and again when what came into sight by that has its size. */
function show(element) {
  element?.scrollIntoView();
  requestAnimationFrame(() => element?.scrollIntoView());
}

/** Opens all that `element` is folded in, and what it holds. */
function unfold(element) {
  element?.querySelector(":scope > details")?.setAttribute("open", "");
  for (let at = element; at; at = at.parentElement?.closest("details")) {
    if (at.matches("details")) {
      at.open = true;
    }
    at.hidden = false;
  }
}

addEventListener("hashchange", follow);
if (location.hash) {
  follow();
}
