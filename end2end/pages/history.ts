// `/admin/rules/instagram/{id}/history`: who changed what, and the way back.
import { expect, type Locator, type Page } from "@playwright/test";
import { gotoReady, ready } from "../fixtures/page.ts";
import { Frame } from "./frame.ts";

export class History extends Frame {
  /** The newest first. */
  readonly changes: Locator;
  readonly question: Locator;
  readonly restore: Locator;
  readonly cancel: Locator;
  readonly warning: Locator;

  constructor(page: Page) {
    super(page);
    this.changes = this.main.getByRole("list", { name: "Changes, newest first" }).locator("> li");
    this.question = this.main.getByRole("region", { name: /^Restore the rules from/ });
    this.restore = this.question.getByRole("button", { name: "Restore" });
    this.cancel = this.question.getByRole("link", { name: "Cancel" });
    this.warning = this.question.getByRole("alert");
  }

  open(id: string, query = ""): ReturnType<typeof gotoReady> {
    return gotoReady(this.page, `/admin/rules/instagram/${id}/history${query}`);
  }

  change(what: string): Locator {
    return this.changes.filter({ has: this.page.getByText(what, { exact: true }) }).first();
  }

  /** Unfolds what a change changed. */
  async unfold(what: string): Promise<Locator> {
    const change = this.change(what);
    await change.locator("summary").click();
    return change;
  }

  async askFor(what: string, side: "before" | "after"): Promise<void> {
    const change = await this.unfold(what);
    await change.getByRole("link", { name: `Restore the rules from ${side} this change` }).click();
    await expect(this.question).toBeVisible();
    await ready(this.page);
  }
}
