/* Fetches the records like this one when the reader comes near. Without this file, or when it fails, the link leads there. */
(() => {
  "use strict";
  const load = async (place) => {
    const link = place.querySelector("a");
    try {
      const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
      if (answer.ok) place.innerHTML = await answer.text();
    } catch {
      /* The link is still there. */
    }
  };
  const watcher = new IntersectionObserver(
    (entries) => {
      entries
        .filter((entry) => entry.isIntersecting)
        .forEach((entry) => {
          watcher.unobserve(entry.target);
          load(entry.target);
        });
    },
    { rootMargin: "200px" },
  );
  document.querySelectorAll("[data-similar]").forEach((place) => watcher.observe(place));
})();
