import type { ErrorRequestHandler, RequestHandler } from "express";
import { sendPage } from "./page.js";
import { failurePage, notFoundPage, tooLargePage, unreadablePage } from "./views/messages.js";

export const notFound: RequestHandler = (request, response) => {
  sendPage(request, response, notFoundPage, 404);
};

/** Details are for the log of the server; the page only says what its reader can do. */
export const failed: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) return next(error);
  const status = statusOf(error);
  if (status === 413) return sendPage(request, response, tooLargePage, status);
  if (status < 500) return sendPage(request, response, unreadablePage, status);
  console.error(error);
  sendPage(request, response, failurePage, status);
};

/** Express and its body parser mark what the sender did wrong with a status below 500. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && "status" in error ? Number(error.status) : Number.NaN;
  return status >= 400 && status < 500 ? status : 500;
}
