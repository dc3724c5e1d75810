/* While something runs, brings the page about the search up to date every two seconds. Without this file a link does. */
(() => {
  "use strict";
  const holder = document.querySelector("[data-standing]");
  if (!holder) return;
  const look = async () => {
    if (!holder.querySelector("[data-running]")) return;
    const answer = await fetch(holder.dataset.standing).catch(() => null);
    if (answer?.ok) holder.innerHTML = await answer.text();
    setTimeout(look, 2000);
  };
  setTimeout(look, 2000);
})();
