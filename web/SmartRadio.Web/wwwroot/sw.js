// Answers with one page of its own when the server does not: what is on today, as it was last seen. Nothing else is kept or
// answered by it; forms and live parts pass it by.
'use strict';

const Store = 'offline', Page = '/offline';

async function fill() {
  const answer = await fetch(Page, { cache: 'no-store' });
  if (!answer.ok || answer.redirected) return;
  const cache = await caches.open(Store);
  const text = await answer.clone().text();
  const parts = [...text.matchAll(/(?:href|src)="(\/[^"?]+\.(?:css|js|svg))"/g)].map(match => match[1]);
  await cache.addAll(parts);
  await cache.put(Page, answer);
  // Those of an earlier version of the program.
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname;
    if (path !== Page && !parts.includes(path)) await cache.delete(request);
  }
}

async function kept(request) {
  return await (await caches.open(Store)).match(request) ?? Response.error();
}

self.addEventListener('install', event => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));
self.addEventListener('message', event => { if (event.data === 'fill') event.waitUntil(fill().catch(() => { /* the next day */ })); });
self.addEventListener('fetch', event => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => kept(Page)));
  else if (['style', 'script', 'image'].includes(request.destination)) event.respondWith(fetch(request).catch(() => kept(request)));
});
