/* Suggestions under a search box, as a combobox: arrow keys choose, Enter opens, Escape closes. Without this file the box simply searches. */
(() => {
  "use strict";
  const WAIT = 120;

  const enhance = (form, number) => {
    const input = form.querySelector("input[type=search]");
    if (!input) return;
    const list = document.createElement("ul");
    list.id = `suggestions-${number}`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.getAttribute("aria-label") || "");
    form.append(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    let timer = 0;
    let asked = null;
    let active = -1;

    const options = () => [...list.children];
    const close = () => {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (index) => {
      const all = options();
      active = index < -1 ? all.length - 1 : index >= all.length ? -1 : index;
      all.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
      if (active < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", all[active].id);
        all[active].scrollIntoView({ block: "nearest" });
      }
    };
    const show = (suggestions) => {
      list.replaceChildren(
        ...suggestions.map((suggestion, place) => {
          const option = document.createElement("li");
          option.id = `${list.id}-${place}`;
          option.setAttribute("role", "option");
          option.setAttribute("aria-selected", "false");
          option.lang = suggestion.language;
          option.dataset.url = suggestion.url;
          option.textContent = suggestion.text;
          return option;
        }),
      );
      active = -1;
      list.hidden = !suggestions.length;
      input.setAttribute("aria-expanded", String(suggestions.length > 0));
      input.removeAttribute("aria-activedescendant");
    };
    const ask = async () => {
      const typed = input.value.trim();
      if (asked) asked.abort();
      if (!typed) return close();
      asked = new AbortController();
      try {
        const url = `${form.getAttribute("action")}suggest/?q=${encodeURIComponent(typed)}`;
        const answer = await fetch(url, { signal: asked.signal, headers: { Accept: "application/json" } });
        if (answer.ok) show((await answer.json()).suggestions);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden) return;
        event.preventDefault();
        choose(active + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        window.location.assign(options()[active].dataset.url);
      }
    });
    input.addEventListener("blur", () => setTimeout(close, 150));
    list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      event.preventDefault();
      window.location.assign(option.dataset.url);
    });
  };

  document.querySelectorAll("form.search-box").forEach(enhance);
})();
