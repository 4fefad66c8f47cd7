// `/admin/health`.
import type { Locator, Page } from "@playwright/test";
import { gotoReady } from "../fixtures/page.ts";
import { Frame } from "./frame.ts";

export class Health extends Frame {
  readonly checkAll: Locator;
  readonly server: Locator;

  constructor(page: Page) {
    super(page);
    this.checkAll = this.main.getByRole("button", { name: /^Check(ing| all)/ });
    this.server = page.getByRole("region", { name: "This server" });
  }

  open(): ReturnType<typeof gotoReady> {
    return gotoReady(this.page, "/admin/health");
  }

  account(username: string): Locator {
    return this.page.getByRole("region", { name: username });
  }
}
