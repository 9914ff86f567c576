// Keeps in `keyTimes` how long it took, in milliseconds, from each press of `wantedKey` to the second frame after it: the
// first is the one that draws what the key did.
window.keyTimes = [];
window.wantedKey = null;
const listen = (event) => {
  if (event.key !== window.wantedKey) return;
  const began = performance.now();
  requestAnimationFrame(() =>
    requestAnimationFrame(() => window.keyTimes.push(performance.now() - began)),
  );
};
window.addEventListener("keydown", listen, true);
