/** The page is made at build time. `server.js` answers with it before SvelteKit is asked. */
export const prerender = true;
export const csr = false;
