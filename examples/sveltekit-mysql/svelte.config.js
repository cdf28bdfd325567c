import adapter from "@sveltejs/adapter-node";

/** @type {import("@sveltejs/kit").Config} */
export default {
  kit: {
    adapter: adapter(),
    // The page for forms from elsewhere is the answer at any address.
    paths: { relative: false },
    // SvelteKit's own scripts begin in the page, and are allowed by a nonce.
    csp: {
      directives: {
        "default-src": ["none"],
        "script-src": ["self"],
        "style-src": ["self"],
        // The one `style` attribute of a page: SvelteKit hides what it says to screen readers only.
        "style-src-attr": ["unsafe-hashes", "sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo="],
        "img-src": ["self"],
        "connect-src": ["self"],
        "form-action": ["self"],
        "base-uri": ["none"],
        "frame-ancestors": ["none"],
      },
    },
  },
};
