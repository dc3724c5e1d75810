/* Moves a record up and down in a list without leaving the page: the focus stays on the button, and the new place is said.
   Without this file the same buttons send the form. */
(() => {
  "use strict";
  const list = document.querySelector("[data-reading-list]");
  const said = document.querySelector("[data-said]");

  const print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.querySelector("button").addEventListener("click", () => window.print());
  }
  if (!list || !said) return;

  const button = (line, step) => line.querySelector(`form[data-step="${step}"] button`);
  const mark = () => {
    const lines = [...list.children];
    lines.forEach((line, place) => {
      button(line, -1).disabled = place === 0;
      button(line, 1).disabled = place === lines.length - 1;
    });
  };
  let last = Promise.resolve();

  list.addEventListener("submit", (event) => {
    const form = event.target;
    const step = Number(form.dataset.step);
    if (!step) return;
    event.preventDefault();
    const line = form.closest("li");
    const other = step < 0 ? line.previousElementSibling : line.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(line);
    else other.after(line);
    mark();
    const pressed = button(line, step);
    (pressed.disabled ? button(line, -step) : pressed).focus();
    line.scrollIntoView({ block: "nearest" });
    const lines = [...list.children];
    said.textContent = list.dataset.moved
      .replace("{place}", String(lines.indexOf(line) + 1))
      .replace("{count}", String(lines.length));
    // One after the other, so that the order is the one pressed; what fails is seen by loading the list as it is.
    const send = () => fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } });
    last = last.then(send).then((answer) => {
      if (!answer.ok) window.location.reload();
    }).catch(() => window.location.reload());
  });
})();
