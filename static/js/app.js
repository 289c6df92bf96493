// Enhancements. Every page works without this file.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const on = (type, selector, act, capture) =>
    document.addEventListener(type, (event) => {
      const found = event.target.closest?.(selector);
      if (found) act(event, found);
    }, capture);
  const make = (tag, traits, ...inside) => {
    const made = Object.assign(document.createElement(tag), traits);
    made.append(...inside);
    return made;
  };

  // What the page points out takes the focus: the error summary.
  document.querySelector("[data-focus]")?.focus();

  // [data-confirm] on a button asks first.
  const sure = new WeakSet();
  on("submit", "form", (event, form) => {
    const button = event.submitter;
    if (!button?.dataset.confirm || sure.delete(button)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const dialog = make("dialog", { className: "dialog", ariaLabel: button.dataset.confirm },
      make("form", { method: "dialog" },
        make("p", { textContent: button.dataset.confirm }),
        make("div", { className: "row" },
          make("button", { className: "button button-quiet", textContent: "Go back" }),
          make("button", { className: button.className, innerText: button.innerText, value: "yes" }))));
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (dialog.returnValue !== "yes") return;
      sure.add(button);
      form.requestSubmit(button);
    });
    document.body.append(dialog);
    dialog.showModal();
  }, true);

  // A form is sent once.
  const idle = (form) => form.removeAttribute("aria-busy");
  on("submit", "form[method=post]", (event, form) => {
    if (event.defaultPrevented) return;
    if (form.ariaBusy) return event.preventDefault();
    form.ariaBusy = "true";
    setTimeout(idle, 8000, form);
  });
  addEventListener("pageshow", () => all("form[aria-busy]", idle));

  // The theme changes at once; the server keeps it in a cookie.
  on("submit", "[data-theme-switch]", (event, form) => {
    const theme = event.submitter?.value;
    if (!theme) return;
    event.preventDefault();
    fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), redirect: "manual" });
    root.dataset.theme = theme;
    form.querySelector(`button:not([value=${theme}])`).focus();
  }, true);

  // How much of a limit is used.
  const count = (box) => {
    const words = document.getElementById(box.dataset.count);
    if (words) words.textContent = `${box.value.length.toLocaleString("en")} of at most ${box.maxLength.toLocaleString("en")} characters`;
  };
  on("input", "[data-count]", (event, box) => count(box));
  all("[data-count]", count);

  // What was left empty stays out of the address.
  on("formdata", "form[role=search]", ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
  });

  // Suggestions for a box: the server ranks them, the list stands below it, the focus stays in it.
  const suggesting = "[data-suggest]";
  const options = (box) => [...box.nextElementSibling.querySelectorAll("[role=option]")];
  let asked, due;
  const point = (box, option) => {
    for (const each of options(box)) each.ariaSelected = each === option;
    if (!option) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const list = (box, html) => {
    box.nextElementSibling.innerHTML = html ?? "";
    const found = options(box).length;
    box.ariaExpanded = found > 0;
    point(box);
    box.form.querySelector("[role=status]").textContent = html == null ? "" : `${found || "No"} suggestion${found === 1 ? "" : "s"}`;
  };
  const forget = () => {
    clearTimeout(due);
    asked?.abort();
  };
  const ask = async (box) => {
    const { signal } = (asked = new AbortController());
    const words = new URLSearchParams(new FormData(box.form));
    words.set("in", box.name);
    const html = await fetch(`${box.dataset.suggest}?${words}`, { signal, headers: { "HX-Request": "true" } })
      .then((answer) => answer.ok ? answer.text() : null, () => null);
    if (!signal.aborted) list(box, html);
  };
  const choose = (box, option) => {
    const { to, fill } = option.dataset;
    list(box);
    if (to) location.assign(to);
    else box.value = fill;
  };
  on("input", suggesting, (event, box) => {
    forget();
    if (box.value.trim().length < 2) return list(box);
    point(box);
    due = setTimeout(ask, 250, box);
  });
  on("keydown", suggesting, (event, box) => {
    const shown = options(box);
    const at = shown.findIndex((option) => option.ariaSelected === "true");
    const end = shown.length + 1;
    const to = { ArrowDown: (at + 2) % end - 1, ArrowUp: (at + end) % end - 1, Home: 0, End: end - 2 }[event.key];
    if (event.isComposing || event.altKey) return;
    if (!shown.length) {
      if (event.key === "ArrowDown" && box.value) ask(box);
      return;
    }
    if (event.key === "Escape") list(box);
    else if (event.key === "Enter" && at >= 0) choose(box, shown[at]);
    else if (event.key.startsWith("Arrow") ? to >= -1 : at >= 0 && to >= 0) point(box, shown[to]);
    else return;
    event.preventDefault();
  });
  on("focusout", suggesting, (event, box) => {
    forget();
    list(box);
  });
  on("mousedown", ".suggestions", (event) => event.preventDefault());
  on("click", "[role=option]", (event, option) => choose(option.closest(".suggestions").previousElementSibling, option));

  // Menus and panels close on Escape, menus on a click elsewhere too.
  const panels = "details.menu[open], details.filters[open]";
  on("keydown", panels, (event, panel) => {
    if (event.key !== "Escape") return;
    panel.open = false;
    panel.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => all("details.menu[open]", (menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  }));

  // What the filters show is there already when their button is pressed: it only moves to it.
  on("click", ".filters-end button", (event, button) => { button.closest("details").open = false; });

  // Inside [data-keys] a letter moves to the control with that data-key.
  on("keydown", "[data-keys]", (event, scope) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    const control = scope.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!control) return;
    event.preventDefault();
    control.focus();
  });

  // When a fragment cannot be had: read the whole page, or say so.
  const say = (text) => {
    const toast = make("p", { className: "toast", role: "alert", textContent: text });
    document.body.append(toast);
    setTimeout(() => toast.remove(), 10000);
  };
  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    if (ctx.response.status === 422) return;
    if (ctx.request.method === "GET") location.assign(ctx.request.action);
    else say("That did not work. Reload the page and try again.");
  });
  document.addEventListener("htmx:error", () => say("The server did not answer. Try again."));
})();
