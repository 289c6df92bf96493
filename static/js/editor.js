// The editor: what is typed is kept, a toolbar for Markdown, pasting from Word without its dross. Everything works without it.
(() => {
  "use strict";

  // What is typed is kept a moment later, and the advice on it comes back. One request at a time: each moves the
  // draft's version on, so a form that is sent meanwhile waits for it.
  const form = document.querySelector("form[data-keep]");
  let due, running;
  const tell = (text) => {
    const line = document.getElementById("kept");
    line.textContent = text;
    line.classList.add("error");
  };
  const show = (html) => {
    const old = document.getElementById("advice");
    const open = [...old.querySelectorAll("details")].map((one) => one.open);
    old.outerHTML = html;
    document.querySelectorAll("#advice details").forEach((one, at) => { one.open = open[at] ?? false; });
  };
  const keep = async () => {
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: new FormData(form) });
      if (answer.ok && !answer.redirected) show(await answer.text());
      else tell(answer.redirected ? "Not kept: you are signed out. Sign in in another tab." : "Not kept: this draft changed elsewhere. Reload the page.");
    } catch {
      tell("Not kept: the server did not answer.");
    }
  };
  const begin = () => {
    due = undefined;
    const mine = running = (running ?? Promise.resolve()).then(keep);
    mine.then(() => { if (running === mine) running = undefined; });
  };
  form?.addEventListener("input", () => {
    clearTimeout(due);
    due = setTimeout(begin, 900);
  });
  document.addEventListener("submit", (event) => {
    if (event.target !== form) return;
    clearTimeout(due);
    if (!running) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    running.then(() => form.requestSubmit(event.submitter));
  }, true);

  const say = (box) => box.dispatchEvent(new Event("input", { bubbles: true }));
  const put = (box, text, from = box.selectionStart, to = box.selectionEnd, select = "end") => {
    box.focus();
    box.setSelectionRange(from, to);
    // The old way alone keeps the browser's own undo.
    if (!document.execCommand("insertText", false, text)) {
      box.setRangeText(text, from, to, select);
      say(box);
    }
  };

  // Word's and browsers' HTML as Markdown: paragraphs, headings, lists, bold, italic, links. All else is its words.
  const flat = (text) => text.replace(/[\s\u00a0]+/g, " ");
  const wrapped = (mark, inside) => {
    const words = inside.trim();
    return words ? inside.replace(words, () => mark + words + mark) : inside;
  };
  // The content policy forbids styles, so they are read as words: Google Docs says "bold" in no other way.
  const style = (node) => node.dataset.style ?? "";
  const bold = (node) => node.matches("b, strong") ? !/font-weight: *normal/.test(style(node)) : /font-weight: *(bold|[6-9]00)/.test(style(node));
  const inline = (node) => [...node.childNodes].map((child) => {
    if (child.nodeType === Node.TEXT_NODE) return flat(child.data);
    if (child.nodeType !== Node.ELEMENT_NODE || child.matches("style, script, title, meta, link, xml")) return "";
    if (child.matches("br")) return "\n";
    let text = inline(child);
    if (child.matches("a[href^=http]") && text.trim()) return `[${text.trim()}](${child.href})`;
    if (bold(child)) text = wrapped("**", text);
    else if (child.matches("i, em") || /font-style: *italic/.test(style(child))) text = wrapped("*", text);
    return text;
  }).join("");
  const BLOCKS = "p, div, h1, h2, h3, h4, h5, h6, ul, ol, li, table, tr, blockquote, section, article";
  const BULLET = /^\s*(?:[·•▪◦§o–]|\u2022)\s+/;
  const blocks = (node, out, depth = 0) => {
    let run = document.createElement("span");
    const flush = () => {
      const text = inline(run).replace(/ *\n */g, "\n").trim();
      if (text) out.push(BULLET.test(text) ? `- ${text.replace(BULLET, "")}` : text);
      run = document.createElement("span");
    };
    for (const child of [...node.childNodes]) {
      if (child.nodeType !== Node.ELEMENT_NODE || !child.matches(BLOCKS)) {
        if (child.nodeType !== Node.COMMENT_NODE) run.append(child.cloneNode(true));
        continue;
      }
      flush();
      if (child.matches("h1, h2, h3, h4, h5, h6")) out.push(`## ${inline(child).trim()}`);
      else if (child.matches("ul, ol")) {
        [...child.children].forEach((item, at) => {
          const nested = [...item.querySelectorAll(":scope > ul, :scope > ol")];
          nested.forEach((list) => list.remove());
          const mark = child.matches("ol") ? `${at + 1}.` : "-";
          out.push(`${"  ".repeat(depth)}${mark} ${inline(item).trim()}`);
          nested.forEach((list) => {
            const holder = document.createElement("div");
            holder.append(list);
            blocks(holder, out, depth + 1);
          });
        });
      } else if (child.matches("p.MsoListParagraph, p[class*=MsoListParagraph]"))
        out.push(`- ${inline(child).replace(BULLET, "").replace(/^\s*[0-9]+[.)]\s+/, "").trim()}`);
      else blocks(child, out, depth);
    }
    flush();
    return out;
  };
  const markdown = (html) => {
    const harmless = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle=/gi, " data-style=");
    const lines = blocks(new DOMParser().parseFromString(harmless, "text/html").body, []);
    const item = /^\s*(-|[0-9]+\.) /;
    return lines.filter((line) => line.trim() && line.trim() !== "##").reduce((text, line, at, all) =>
      text + (at ? (item.test(line) && item.test(all[at - 1]) ? "\n" : "\n\n") : "") + line, "");
  };
  document.addEventListener("paste", (event) => {
    const box = event.target.closest?.("textarea[data-markdown]");
    const html = box && event.clipboardData.getData("text/html");
    if (!html) return;
    const text = markdown(html);
    if (!text) return;
    event.preventDefault();
    put(box, text);
  });

  // The toolbar acts on what is selected.
  const around = (mark) => (box) => {
    const words = box.value.slice(box.selectionStart, box.selectionEnd) || "words";
    put(box, mark + words + mark);
  };
  const lines = (mark) => (box) => {
    const from = box.value.lastIndexOf("\n", box.selectionStart - 1) + 1;
    const to = box.selectionEnd;
    put(box, box.value.slice(from, to).split("\n").map((line) => mark + line).join("\n"), from, to);
  };
  const link = (box) => {
    const words = box.value.slice(box.selectionStart, box.selectionEnd) || "words";
    put(box, `[${words}](https://)`);
  };
  const TOOLS = [["Bold", around("**"), "b"], ["Italic", around("*"), "i"], ["Heading", lines("## ")], ["List", lines("- ")], ["Link", link]];
  for (const box of document.querySelectorAll("textarea[data-markdown=full]")) {
    const bar = Object.assign(document.createElement("div"), { className: "toolbar", role: "group", ariaLabel: "Marks for the text" });
    for (const [name, act] of TOOLS) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
      button.addEventListener("click", () => act(box));
      bar.append(button);
    }
    box.before(bar);
    box.addEventListener("keydown", (event) => {
      const tool = (event.ctrlKey || event.metaKey) && !event.altKey && TOOLS.find(([, , key]) => key === event.key);
      if (!tool) return;
      event.preventDefault();
      tool[1](box);
    });
  }
})();
