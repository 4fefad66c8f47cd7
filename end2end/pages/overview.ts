// `/admin`.
import type { Locator, Page } from "@playwright/test";
import { gotoReady } from "../fixtures/page.ts";
import { Frame } from "./frame.ts";

export class Overview extends Frame {
  readonly title: Locator;
  readonly needsYou: Locator;
  readonly replies: Locator;
  readonly accounts: Locator;

  constructor(page: Page) {
    super(page);
    this.title = page.getByRole("heading", { level: 1, name: "Overview" });
    this.needsYou = page.getByRole("region", { name: "Needs you" });
    this.replies = page.getByRole("region", { name: "Replies per day" });
    this.accounts = page.getByRole("region", { name: "Instagram accounts" });
  }

  /** The checklist; its title says whether something is missing. */
  checklist(title: RegExp): Locator {
    return this.page.getByRole("region", { name: title });
  }

  open(): ReturnType<typeof gotoReady> {
    return gotoReady(this.page, "/admin");
  }
}
