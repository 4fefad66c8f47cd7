// `/admin/instagram`.
import type { Locator, Page } from "@playwright/test";
import { gotoReady } from "../fixtures/page.ts";
import { Frame } from "./frame.ts";

export class Accounts extends Frame {
  readonly connect: Locator;

  constructor(page: Page) {
    super(page);
    this.connect = this.main.getByRole("link", { name: "Connect account" });
  }

  open(): ReturnType<typeof gotoReady> {
    return gotoReady(this.page, "/admin/instagram");
  }

  card(username: string): Locator {
    const name = this.page.getByRole("heading", { level: 2, name: username });
    return this.main.getByRole("listitem").filter({ has: name });
  }

  async enter(username: string): Promise<void> {
    await this.card(username).getByRole("link", { name: `Open ${username}` }).click();
  }
}
