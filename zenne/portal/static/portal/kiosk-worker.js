// What lets the touch table go on without a network: everything it needs is kept when it starts, and is answered from there when nothing else answers in time.
const BOX = "zenne-kiosk";
const PATIENCE = 4000;
const FOR_EVER = /\/static\/|\/theme\/|\/streets\/|\/mark\/|\/kiosk\/code\.svg/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", ({ data }) => keep(data.keep ?? []));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && new URL(request.url).origin === self.location.origin) event.respondWith(answer(request));
});

async function keep(addresses) {
  const box = await caches.open(BOX);
  for (const address of addresses) {
    if (FOR_EVER.test(address) && (await box.match(address))) continue;
    const fresh = await fetch(address, { credentials: "omit" }).catch(() => null);
    if (fresh?.ok) await box.put(address, fresh);
  }
}

async function answer(request) {
  const box = await caches.open(BOX);
  const address = request.url.split("#")[0];
  const kept = await box.match(address);
  if (kept && FOR_EVER.test(address)) return kept;
  const asked = fetch(request).then((fresh) => {
    if (fresh.ok && (kept || request.mode === "navigate" || FOR_EVER.test(address))) box.put(address, fresh.clone());
    return fresh;
  });
  if (!kept) return asked;
  asked.catch(() => null);
  return Promise.race([asked.then((fresh) => (fresh.ok ? fresh : kept)), new Promise((done) => setTimeout(done, PATIENCE, kept))]).catch(() => kept);
}
