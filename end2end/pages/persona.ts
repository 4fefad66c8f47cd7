// `/admin/persona`.
import { expect, type Locator, type Page } from "@playwright/test";
import { gotoReady } from "../fixtures/page.ts";
import { Frame } from "./frame.ts";

export class Persona extends Frame {
  readonly title: Locator;
  readonly save: Locator;
  readonly form: Locator;
  readonly ownText: Locator;
  readonly text: Locator;
  readonly alert: Locator;
  /** The banner: how far the check is. */
  readonly status: Locator;
  readonly findings: Locator;
  readonly preview: Locator;
  readonly versions: Locator;
  readonly comparison: Locator;
  readonly tryIt: Locator;

  constructor(page: Page) {
    super(page);
    this.title = page.getByRole("heading", { level: 1, name: "Persona" });
    this.save = this.main.getByRole("button", { name: /^Save (and check|as a draft)$/ });
    this.form = page.getByRole("form", { name: "Persona", exact: true });
    this.ownText = this.form.getByRole("radio", { name: "Own text" });
    this.text = this.form.getByRole("textbox", { name: "Text", exact: true });
    this.alert = this.form.getByRole("alert");
    this.status = this.main.getByRole("heading", { level: 2, name: /^(Pending|Approved|Rejected|Unchecked|Not written yet|AI is off)/ });
    this.findings = this.main.locator("#status").getByRole("listitem");
    this.preview = page.getByRole("region", { name: "What the AI reads" });
    this.versions = page.getByRole("list", { name: "Versions, newest first" }).getByRole("listitem");
    this.comparison = page.getByRole("region", { name: /^Version \d+ beside version \d+$/ });
    this.tryIt = page.getByRole("region", { name: "Try it" });
  }

  open(query = ""): ReturnType<typeof gotoReady> {
    return gotoReady(this.page, `/admin/persona${query}`);
  }

  field(label: string): Locator {
    return this.form.getByRole("textbox", { name: label });
  }

  async chips(list: "Phrases" | "Topics to avoid", ...texts: [string, ...string[]]): Promise<void> {
    const input = this.form.getByRole("textbox", { name: list === "Phrases" ? "Phrases you like" : list });
    for (const text of texts) {
      await input.fill(text);
      await input.press("Enter");
    }
    const chips = this.form.getByRole("list", { name: list }).getByRole("listitem");
    for (const text of texts) await expect(chips.filter({ hasText: text })).toBeVisible();
  }

  async writeText(text: string): Promise<void> {
    await this.ownText.check({ force: true });
    await this.text.fill(text);
  }

  /** Writes a message as a customer, and waits for the answer of the AI. */
  async try(message: string): Promise<Locator> {
    await this.tryIt.getByRole("textbox", { name: "What a customer might write" }).fill(message);
    await this.tryIt.getByRole("button", { name: "Try it" }).click();
    const verdict = this.tryIt.locator(".verdict");
    await expect(verdict).toBeVisible();
    return verdict;
  }
}
