// `/admin/credits`.
import type { Locator, Page } from "@playwright/test";
import { gotoReady } from "../fixtures/page.ts";
import { Frame } from "./frame.ts";

export class Credits extends Frame {
  readonly balance: Locator;
  readonly used: Locator;
  readonly ledger: Locator;
  readonly newer: Locator;
  readonly older: Locator;

  constructor(page: Page) {
    super(page);
    this.balance = page.getByRole("region", { name: "Balance" });
    this.used = page.getByRole("region", { name: "Used per day" });
    this.ledger = page.getByRole("region", { name: "Ledger" });
    const pages = page.getByRole("navigation", { name: "Pages of the ledger" });
    this.newer = pages.getByRole("link", { name: "Newer" });
    this.older = pages.getByRole("link", { name: "Older" });
  }

  open(query = ""): ReturnType<typeof gotoReady> {
    return gotoReady(this.page, `/admin/credits${query}`);
  }

  show(what: "All" | "Used" | "Given back" | "Added"): Locator {
    return this.ledger.getByRole("navigation", { name: "Show" }).getByRole("link", { name: what, exact: true });
  }

  get rows(): Locator {
    return this.ledger.getByRole("row").filter({ has: this.page.getByRole("cell") });
  }
}
