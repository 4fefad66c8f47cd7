// `/admin/instagram/{id}`.
import { expect, type Locator, type Page } from "@playwright/test";
import { gotoReady } from "../fixtures/page.ts";
import { Frame } from "./frame.ts";

export class Account extends Frame {
  readonly enabled: Locator;
  readonly autoReply: Locator;
  readonly rules: Locator;
  readonly recent: Locator;
  readonly connection: Locator;
  readonly checkNow: Locator;
  readonly liveTest: Locator;
  readonly startTest: Locator;
  /** Opens the question. */
  readonly disconnect: Locator;
  /** Asks what becomes of rules, replies and log; modal once the page is alive. */
  readonly question: Locator;
  readonly defaultReply: DefaultReply;
  readonly people: People;

  constructor(page: Page) {
    super(page);
    this.enabled = page.getByRole("switch", { name: "Enabled", exact: true });
    this.autoReply = page.getByRole("switch", { name: "Auto-Reply Enabled" });
    this.rules = this.main.getByRole("link", { name: /^\d+ rules?$/ });
    this.recent = page.getByRole("region", { name: "Recent messages" });
    this.connection = page.getByRole("region", { name: "Connection" });
    this.checkNow = this.connection.getByRole("button", { name: "Check now" });
    this.liveTest = page.getByRole("region", { name: "Live test" });
    this.startTest = this.liveTest.getByRole("button", { name: "Start the test" });
    this.disconnect = this.main.getByRole("button", { name: /^(Disconnect|Delete its data) …$/ });
    this.question = page.getByRole("dialog");
    this.defaultReply = new DefaultReply(page);
    this.people = new People(page);
  }

  title(username: string): Locator {
    return this.page.getByRole("heading", { level: 1, name: username });
  }

  open(id: string, query = ""): ReturnType<typeof gotoReady> {
    return gotoReady(this.page, `/admin/instagram/${id}${query}`);
  }
}

export class DefaultReply {
  readonly region: Locator;
  /** The saved text: a link that opens the editor. */
  readonly text: Locator;
  readonly field: Locator;
  readonly ai: Locator;
  readonly save: Locator;
  readonly cancel: Locator;
  readonly alert: Locator;
  /** How often one customer gets it: a form of its own. */
  readonly frequency: Locator;
  readonly saveFrequency: Locator;

  constructor(readonly page: Page) {
    this.region = page.getByRole("region", { name: "Default reply" });
    const frequencyForm = this.region.getByRole("form", { name: "How often it is sent" });
    this.frequency = frequencyForm.getByRole("combobox", { name: "Send it to one customer" });
    this.saveFrequency = frequencyForm.getByRole("button", { name: "Save", exact: true });
    this.text = this.region.getByRole("link", { name: /^Edit the default reply:/ });
    this.field = this.region.getByRole("textbox", { name: "Text" });
    this.ai = this.region.getByRole("radio", { name: "AI prompt" });
    this.save = this.region.getByRole("form", { name: "Edit the default reply" }).getByRole("button", { name: "Save", exact: true });
    this.cancel = this.region.getByRole("link", { name: "Cancel" });
    this.alert = this.region.getByRole("alert");
  }

  async edit(): Promise<void> {
    await this.text.click();
    await expect(this.field).toBeFocused();
  }

  async says(text: string): Promise<void> {
    await expect(this.text).toHaveAccessibleName(`Edit the default reply: ${text}`);
  }
}

/** When a person answers: how long Concierge keeps quiet, and where it does now. */
export class People {
  readonly region: Locator;
  readonly hours: Locator;
  readonly save: Locator;
  readonly conversations: Locator;

  constructor(page: Page) {
    this.region = page.getByRole("region", { name: "When a person answers" });
    this.hours = this.region.getByRole("spinbutton", { name: "Hours of quiet after a person wrote" });
    this.save = this.region.getByRole("button", { name: "Save", exact: true });
    this.conversations = this.region.getByRole("list", { name: "With a person now" }).getByRole("listitem");
  }

  resume(conversation: Locator): Locator {
    return conversation.getByRole("button", { name: /^Resume the conversation with/ });
  }
}
