// As in `next-env.d.ts`, which Next.js writes and which is not kept.
/// <reference types="next/image-types/global" />
