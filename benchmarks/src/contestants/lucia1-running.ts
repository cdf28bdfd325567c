import express, { type Express, type Request, type Response } from "express";
import { PASSWORD } from "../tables/world.js";
import type { Running } from "./contestant.js";

interface ValidUser {
  readonly user: { readonly userId: string };
}

/** The part of Lucia's `Auth` that is measured, ours and stock. */
interface Lucia1Auth {
  validateSessionUser(sessionId: string): Promise<ValidUser>;
  useKey(providerId: string, providerUserId: string, password: string): Promise<{ userId: string }>;
  createSession(userId: string): Promise<unknown>;
  createUser(data: {
    primaryKey: { providerId: string; providerUserId: string; password: string };
    attributes: { username: string };
  }): Promise<unknown>;
  handleRequest(
    request: Request,
    response: Response,
  ): { validateUser(): Promise<{ user: { userId: string } | null }> };
}

/** What Lucia 1.x does, for ours and for the official adapters. */
export function lucia1Running(auth: Lucia1Auth): Omit<Running, "close"> {
  return {
    validate: auth.validateSessionUser,
    validatedUser: (result) => (result as ValidUser).user.userId,
    renews: true,
    signIn: async (username) => {
      const { userId } = await auth.useKey("username", username, PASSWORD);
      await auth.createSession(userId);
      return userId;
    },
    signUp: (username) =>
      auth.createUser({
        primaryKey: { providerId: "username", providerUserId: username, password: PASSWORD },
        attributes: { username },
      }),
    createSession: auth.createSession,
    express: () => expressApp(auth),
  };
}

function expressApp(auth: Lucia1Auth): Express {
  return express().get("/", async (request, response) => {
    const { user } = await auth.handleRequest(request, response).validateUser();
    response.status(user ? 200 : 401).json({ userId: user?.userId });
  });
}
