// What stands around every signed-in page: places, credits, theme, the way out. Only what the width shows is found.
import { expect, type Locator, type Page } from "@playwright/test";

export class Frame {
  readonly main: Locator;
  /** The link with the balance: in the rail of wide screens, in the top bar of phones. */
  readonly credits: Locator;
  /** In the rail of wide screens, in the top bar of phones. */
  readonly health: Locator;
  /** Says what a plain form achieved. */
  readonly notice: Locator;
  /** Says what was just done, or that it failed. */
  readonly toast: Locator;
  readonly undo: Locator;

  constructor(readonly page: Page) {
    this.main = page.getByRole("main");
    this.credits = page.getByRole("link", { name: /reply credits/i });
    this.health = page.getByRole("banner").getByRole("link", { name: "Health", exact: true });
    this.notice = this.main.getByRole("status");
    this.toast = page.locator(".toast");
    this.undo = page.getByRole("button", { name: "Undo", exact: true });
  }

  place(name: "Overview" | "Instagram" | "Persona" | "Messages" | "Credits" | "Settings"): Locator {
    return this.page.getByRole("navigation", { name: /^Main/ }).getByRole("link", { name: new RegExp(`^${name}`) });
  }

  async go(name: Parameters<Frame["place"]>[0]): Promise<void> {
    await this.place(name).click();
    const title = name === "Instagram" ? "Instagram accounts" : name;
    await expect(this.page.getByRole("heading", { level: 1, name: title })).toBeAttached();
  }

  async showsCredits(count: number): Promise<void> {
    await expect(this.credits).toHaveAccessibleName(new RegExp(`(^|\\D)${count}(\\D|$)`));
  }

  /** The person's menu: a disclosure, so it opens without JavaScript. */
  async openMenu(): Promise<void> {
    await this.page.getByLabel(/sign out$/).filter({ visible: true }).click();
  }
}
