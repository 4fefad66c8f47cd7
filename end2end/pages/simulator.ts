// "Try a message": docked beside the rules on wide screens, a sheet on phones.
import { expect, test, type Locator, type Page } from "@playwright/test";

export class Simulator {
  readonly panel: Locator;
  readonly text: Locator;
  /** What would happen, what would be sent, and what it would cost. */
  readonly verdict: Locator;
  /** What the AI wrote to the message, below its button. */
  readonly answer: Locator;
  readonly writeAnswer: Locator;
  readonly trace: Locator;
  readonly save: Locator;
  /** Only without JavaScript, and until the page is alive. */
  readonly tryIt: Locator;
  readonly effect: Locator;
  readonly close: Locator;

  constructor(readonly page: Page) {
    this.panel = page.getByRole("complementary", { name: "Try a message" });
    this.text = this.panel.getByRole("textbox", { name: "Message from a customer" });
    this.verdict = this.panel.locator(".verdict").first();
    this.answer = this.panel.getByRole("region", { name: "Answer of the AI" });
    this.writeAnswer = this.answer.getByRole("button");
    this.trace = this.panel.getByRole("list", { name: "Why" });
    this.save = this.panel.getByRole("button", { name: "Save as example" });
    this.tryIt = this.panel.getByRole("button", { name: "Try it" });
    this.effect = this.panel.getByRole("status");
    this.close = this.panel.getByRole("button", { name: "Close" });
  }

  /** On phones it is asked for. */
  async show(): Promise<void> {
    if (test.info().project.use.isMobile) await this.page.getByRole("button", { name: "Try a message" }).click();
    await expect(this.panel).toBeVisible();
  }

  async hide(): Promise<void> {
    if (test.info().project.use.isMobile) await this.close.click();
  }

  kind(name: "Text" | "Story reply" | "Image"): Locator {
    return this.panel.getByRole("radio", { name });
  }

  /** When it was sent, and what happened before. */
  async circumstance(label: "Sent" | "Customer" | "In the conversation", choice: string): Promise<void> {
    const select = this.panel.getByRole("combobox", { name: label });
    if (!(await select.isVisible())) await this.panel.getByText("When, and what happened before").click();
    await select.selectOption(choice);
  }

  async examples(): Promise<Locator> {
    await this.panel.getByText(/^\d+ saved examples?$/).click();
    return this.panel.getByRole("listitem").filter({ has: this.page.getByRole("button", { name: /^Delete the example/ }) });
  }
}
