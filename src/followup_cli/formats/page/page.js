"use strict";
// Sorting and filtering. Without this script the page is complete, in the plan's order.
(() => {
  const collator = new Intl.Collator(undefined, { numeric: true });

  function sortable(table, sort) {
    for (const head of table.querySelectorAll("thead th[data-sort]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () =>
        sort(head, head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending"));
    }
  }

  function mark(table, head, direction) {
    for (const other of table.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    if (head) head.setAttribute("aria-sort", direction);
  }

  function ordered(rows, key, direction) {
    const sign = direction === "descending" ? -1 : 1;
    return rows.map((row) => [key(row), row]).sort(([a], [b]) =>
      // What has no value comes last, whichever way the rest is sorted.
      (a === "") - (b === "") || sign * (typeof a === "number" ? a - b : collator.compare(a, b)),
    ).map(([, row]) => row);
  }

  // A browser may take a table that is laid out as blocks for no table; in the file these roles are invalid.
  for (const table of document.querySelectorAll("table.plan, table.bodies")) {
    table.setAttribute("role", "table");
    for (const part of [table.tHead, ...table.tBodies]) part.setAttribute("role", "rowgroup");
    for (const row of table.rows) {
      row.setAttribute("role", "row");
      for (const cell of row.cells) {
        const heads = { col: "columnheader", row: "rowheader", rowgroup: "rowheader" };
        cell.setAttribute("role", heads[cell.scope] ?? "cell");
      }
    }
  }

  for (const table of document.querySelectorAll("table.grid[data-sortable]")) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    sortable(table, (head, direction) => {
      const number = head.dataset.sort === "number";
      const key = (row) => {
        const text = row.cells[head.cellIndex].textContent.trim();
        return number && text ? Number.parseFloat(text) : text;
      };
      mark(table, head, direction);
      body.append(...ordered(rows, key, direction));
    });
  }

  const plan = document.getElementById("plan");
  if (!plan) return;
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const sections = [...plan.tBodies];
  const rows = [...plan.querySelectorAll("tbody tr[id]")];
  let first = null; // of the activity
  const place = new Map(rows.map((row, index) => {
    if (row.querySelector("th span[id]")) first = row;
    return [row, { index, first, home: row.parentElement, texts: null }];
  }));
  const states = [...form.elements.state.options].map((option) => option.value);
  const loose = document.createElement("tbody"); // all rows, when they are not in the plan's order
  loose.setAttribute("role", "rowgroup");
  const keys = {
    order: (row) => place.get(row).index,
    title: (row) => row.cells[1].textContent,
    due: (row) => row.dataset.due,
    who: (row) => row.dataset.agency,
    state: (row) => states.indexOf(row.dataset.state),
  };
  const { title } = document;
  let sorted = "order";

  function sort(name) {
    const key = name.replace("-", "");
    const direction = name.startsWith("-") ? "descending" : "ascending";
    if (name === sorted || !Object.hasOwn(keys, key)) return;
    sorted = name;
    mark(plan, plan.querySelector(`thead th[data-sort="${key}"]`), direction);
    if (name === "order") {
      for (const row of rows) place.get(row).home.append(row);
      loose.remove();
    } else {
      loose.append(...ordered(rows, keys[key], direction));
      plan.append(loose);
    }
    headings();
  }

  function headings() {
    for (const section of sections) section.hidden = !section.querySelector("tr[id]:not([hidden])");
  }

  // As `--search` reads words: without case, accents and marks.
  function fold(text) {
    const plain = text.normalize("NFC").toLowerCase()
      .replace(/[^йїў]/gu, (letter) => letter.normalize("NFKD").replace(/\p{M}/gu, ""));
    return ` ${plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
  }

  // Every word must be found; words in quotes, one after another.
  function soughtIn(text) {
    return [...text.matchAll(/["“”„«»]([^"“”„«»]+)["“”„«»]|(\S+)/gu)]
      .map(([, quoted, word]) => fold(quoted ?? word)).filter((part) => part.trim())
      .map((part) => part.replace(/([^ ]{3}) $/u, "$1")); // but for one of two letters, the last may go on
  }

  // The words of the plan in a row; the points of an activity stand in its first one.
  function texts(row) {
    const mine = place.get(row);
    mine.texts ??= [...row.querySelectorAll(".title, .points li, .outcome"),
      ...(mine.first === row ? [] : mine.first.querySelectorAll(".points li"))]
      .map((element) => fold([...element.childNodes].filter((part) => part.className !== "label")
        .map((part) => part.textContent).join(" ")));
    return mine.texts;
  }

  const quoted = (text) => (document.documentElement.lang === "en" ? `“${text}”` : `«${text}»`);

  function filter() {
    const { q, state, section, agency, role, has } = form.elements;
    const sought = soughtIn(q.value);
    const lists = (text = "", word) => text.split(" ").includes(word);
    const takesPart = (data) => {
      const codes = role.value ? data[role.value.replace(/-(.)/g, (_, letter) => letter.toUpperCase())] : data.agency;
      return agency.value ? lists(codes, agency.value) : !role.value || Boolean(codes);
    };
    const onRecord = (data) => !has.value
      || (has.value.startsWith("-") ? !lists(data.has, has.value.slice(1)) : lists(data.has, has.value));
    let count = 0;
    for (const row of rows) {
      const data = row.dataset;
      let fits = (!state.value || data.state === state.value)
        && (!section.value || data.section === section.value)
        && takesPart(data) && onRecord(data);
      fits &&= sought.every((part) => texts(row).some((text) => text.includes(part)));
      row.hidden = !fits;
      count += fits;
    }
    headings();
    const chosen = [...form.elements].filter((field) => field.name && field.value.trim()).map((field) =>
      `${field.labels[0].firstChild.textContent.trim().toLowerCase()}: ${field.selectedOptions?.[0].textContent ?? quoted(field.value.trim())}`);
    const words = count === rows.length && !chosen.length ? shown.dataset.all
      : shown.dataset.some.replace("{number}", count).replace("{what}", () => chosen.join(", "));
    shown.textContent = words;
    document.title = chosen.length ? `${words} · ${title}` : title;
  }

  function remember() {
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    if (sorted !== "order") asked.set("sort", sorted);
    history.replaceState(null, "", asked.size ? `#${asked}` : location.pathname + location.search);
  }

  // The address holds either filters (#state=open&sort=due) or a place (#d24.2), which must not be hidden.
  function follow() {
    const hash = location.hash.slice(1);
    const place = hash && document.getElementById(hash);
    if (place) {
      const row = place.closest("tr[id]");
      if (row && row.hidden) {
        form.reset();
        filter();
        place.scrollIntoView();
      }
      return;
    }
    const asked = new URLSearchParams(hash);
    for (const name of ["q", "state", "section", "agency", "role", "has"]) {
      form.elements[name].value = asked.get(name) ?? "";
      if (form.elements[name].selectedIndex === -1) form.elements[name].value = "";
    }
    sort(asked.get("sort") ?? "order");
    filter();
    if (hash) document.getElementById("deliverables").scrollIntoView();
  }

  sortable(plan, (head, direction) => {
    sort((direction === "descending" ? "-" : "") + head.dataset.sort);
    remember();
  });
  mark(plan, plan.querySelector("thead th"), "ascending");
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { filter(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { sort("order"); filter(); remember(); }));
  addEventListener("hashchange", follow);
  filter();
  follow();
})();
