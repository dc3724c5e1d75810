/* Shows what readers would find while a term is typed. Without this file the button shows it on a page of its own. */
(() => {
  "use strict";
  const button = document.querySelector("[data-term-preview-button]");
  const place = document.querySelector("[data-term-preview]");
  if (!button || !place) return;
  const form = button.form;
  let waiting = 0;
  let latest = 0;

  const show = async () => {
    const number = ++latest;
    try {
      const answer = await fetch(button.formAction, {
        method: "POST",
        body: new FormData(form),
        headers: { "HX-Request": "true" },
      });
      const html = await answer.text();
      // An answer that was overtaken by a later one is old.
      if (answer.ok && number === latest) place.innerHTML = html;
    } catch {
      /* The button is still there. */
    }
  };

  button.addEventListener("click", (event) => {
    event.preventDefault();
    show();
  });
  form.addEventListener("input", (event) => {
    if (!/^(term|abbreviations|synonyms)_\d/.test(event.target.name)) return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(show, 400);
  });
})();
