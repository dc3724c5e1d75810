/* Tells that a page of hits was seen, and which question a record was opened for; without this file the links' `ping` tells
   the second. It takes the attribute's place, for some browsers do not send it. */
(() => {
  "use strict";
  const links = [...document.querySelectorAll("a[ping]")];
  if (!links.length || !navigator.sendBeacon) return;
  const address = new URL(links[0].ping, document.baseURI);
  for (const link of links) {
    link.removeAttribute("ping");
    for (const pressed of ["click", "auxclick"]) link.addEventListener(pressed, () => navigator.sendBeacon(address));
  }
  const seen = new URL(address);
  seen.searchParams.delete("opened");
  navigator.sendBeacon(seen);
})();
