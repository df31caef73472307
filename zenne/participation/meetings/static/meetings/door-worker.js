// The list at the door of one meeting, shown again without a network. Its scope is that page alone; the page itself empties what is kept here.
const KEPT = `zenne-door:${self.registration.scope}`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const ours = new URL(request.url).origin === self.location.origin;
  if (request.method !== "GET" || !ours) return;
  event.respondWith(
    fetch(request)
      .then(async (answer) => {
        if (answer.ok && !answer.redirected) (await caches.open(KEPT)).put(request, answer.clone());
        return answer;
      })
      .catch(async () => (await (await caches.open(KEPT)).match(request, { ignoreVary: true })) ?? Response.error()),
  );
});
