// `/admin/messages`.
import { expect, type Locator, type Page } from "@playwright/test";
import { gotoReady } from "../fixtures/page.ts";
import { Frame } from "./frame.ts";

export class Messages extends Frame {
  readonly table: Locator;
  readonly filters: Locator;
  readonly newer: Locator;
  readonly older: Locator;
  readonly csv: Locator;
  /** "12 of 80", while a filter is set. */
  readonly found: Locator;

  constructor(page: Page) {
    super(page);
    this.table = page.getByRole("table", { name: /^Messages, newest first/ });
    this.filters = page.getByRole("form", { name: "Filters" });
    const pages = page.getByRole("navigation", { name: "Pages" });
    this.newer = pages.getByRole("link", { name: "Newer" });
    this.older = pages.getByRole("link", { name: "Older" });
    this.csv = page.getByRole("link", { name: "Export CSV" });
    this.found = this.main.getByRole("status");
  }

  open(query = ""): ReturnType<typeof gotoReady> {
    return gotoReady(this.page, `/admin/messages${query}`);
  }

  /** The rows that are messages, not days. */
  get rows(): Locator {
    return this.table.getByRole("row").filter({ has: this.page.getByRole("cell") });
  }

  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text });
  }

  choose(filter: "Account" | "Direction" | "Outcome" | "Reason", value: string): Promise<string[]> {
    return this.filters.getByRole("combobox", { name: filter }).selectOption({ label: value });
  }

  takeOff(filter: string): Locator {
    return this.main.getByRole("link", { name: `Take off the filter ${filter}` });
  }

  async counts(matching: number): Promise<void> {
    await expect(this.found).toHaveText(new RegExp(`^${matching} of `));
  }
}
