// The sandbox's chat page: a customer writes to one of the shops.
import { expect, type Locator, type Page } from "@playwright/test";

export class SandboxChat {
  readonly log: Locator;
  readonly box: Locator;
  readonly send: Locator;

  constructor(
    readonly page: Page,
    private readonly address: string,
  ) {
    this.log = page.getByRole("log", { name: "Messages" });
    this.box = page.getByRole("textbox", { name: "Message" });
    this.send = page.getByRole("button", { name: "Send", exact: true });
  }

  async open({ username }: { username: string }, customer: string): Promise<void> {
    await this.page.goto(`${this.address}/?${new URLSearchParams({ to: username, as: customer })}`);
    await expect(this.page.getByRole("form", { name: `Send as ${customer}` })).toBeVisible();
  }

  async write(text: string): Promise<void> {
    await this.box.fill(text);
    await this.send.click();
    await expect(this.log.getByText(text, { exact: true })).toBeVisible();
  }

  /** A thing that can go wrong. */
  trick(name: string): Locator {
    return this.page.getByRole("switch", { name });
  }
}
