// `/admin/rules/instagram/{id}`.
import { expect, type Locator, type Page } from "@playwright/test";
import { gotoReady } from "../fixtures/page.ts";
import { Frame } from "./frame.ts";
import { Simulator } from "./simulator.ts";

export class Rules extends Frame {
  readonly list: Locator;
  readonly add: Locator;
  readonly alert: Locator;
  readonly newRule: RuleEditor;
  readonly history: Locator;
  readonly transfer: Locator;
  readonly simulator: Simulator;

  constructor(page: Page) {
    super(page);
    this.list = page.getByRole("list", { name: "Reply rules, in order" });
    this.add = page.getByRole("link", { name: "Add rule" });
    this.alert = this.main.getByRole("alert");
    this.newRule = new RuleEditor(page, "New rule");
    this.history = this.main.getByRole("link", { name: "History" });
    this.transfer = this.main.getByRole("link", { name: "Import, export" });
    this.simulator = new Simulator(page);
  }

  open(id: string, query = ""): ReturnType<typeof gotoReady> {
    return gotoReady(this.page, `/admin/rules/instagram/${id}${query}`);
  }

  row(label: string): RuleLine {
    return new RuleLine(this.page, this.list, label);
  }

  editor(label: string): RuleEditor {
    return new RuleEditor(this.page, `Edit rule ${label}`);
  }

  /** The names in the order of the page, the default reply included. */
  async showsOrder(...labels: string[]): Promise<void> {
    await expect(this.list.getByRole("heading", { level: 3 }).locator("a, bdi")).toHaveText([...labels, "Default reply"]);
  }

  /** Begins and ends choosing rules. */
  get select(): Locator {
    return this.main.getByRole("button", { name: "Select", exact: true });
  }

  box(label: string): Locator {
    return this.list.getByRole("checkbox", { name: `Select “${label}”` });
  }

  /** What acts on the chosen rules. */
  get bar(): Locator {
    return this.main.getByRole("form", { name: "Selected rules" });
  }

  get search(): Locator {
    return this.main.getByRole("searchbox", { name: "Search the rules" });
  }

  get dropLine(): Locator {
    return this.main.getByText(/^Drop here: rule \d+ of \d+$/);
  }

  async startNew(): Promise<RuleEditor> {
    await this.add.click();
    await expect(this.newRule.name).toBeFocused();
    return this.newRule;
  }
}

/** One rule of the list. */
export class RuleLine {
  readonly item: Locator;
  readonly title: Locator;
  readonly toggle: Locator;
  readonly up: Locator;
  readonly down: Locator;
  readonly handle: Locator;
  readonly more: Locator;
  readonly menu: Locator;
  readonly remove: Locator;
  readonly duplicate: Locator;

  constructor(
    readonly page: Page,
    list: Locator,
    label: string,
  ) {
    this.item = list.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3 }).getByText(label, { exact: true }) });
    this.title = this.item.getByRole("link", { name: label, exact: true });
    this.toggle = this.item.getByRole("switch");
    this.up = this.item.getByRole("button", { name: `Move “${label}” up` });
    this.down = this.item.getByRole("button", { name: `Move “${label}” down` });
    this.handle = this.item.getByRole("button", { name: `Reorder “${label}”` });
    this.more = this.item.getByRole("button", { name: `More for “${label}”` });
    this.menu = this.item.getByRole("group", { name: `More for “${label}”` });
    this.duplicate = this.menu.getByRole("button", { name: "Duplicate" });
    this.remove = this.item.getByRole("button", { name: `Delete “${label}”` });
  }

  async delete(): Promise<void> {
    await this.more.click();
    await this.remove.click();
  }
}

/** The open form of a rule. */
export class RuleEditor {
  readonly form: Locator;
  readonly name: Locator;
  readonly keyword: Locator;
  readonly chips: Locator;
  readonly mode: Locator;
  readonly text: Locator;
  readonly leaveToPerson: Locator;
  readonly intent: Locator;
  readonly description: Locator;
  readonly examples: Locator;
  readonly readyMade: Locator;
  readonly threshold: Locator;
  readonly save: Locator;
  readonly cancel: Locator;
  readonly alert: Locator;

  constructor(
    readonly page: Page,
    title: string,
  ) {
    this.form = page.getByRole("form", { name: title, exact: true });
    this.name = this.form.getByRole("textbox", { name: "Name" });
    this.keyword = this.form.getByRole("textbox", { name: "The message contains any of" });
    this.chips = this.form.getByRole("list", { name: "Keywords" }).getByRole("listitem");
    this.mode = this.form.getByRole("combobox", { name: "How to compare" });
    this.text = this.form.getByRole("textbox", { name: "Text" });
    this.leaveToPerson = this.form.getByRole("checkbox", { name: "Then leave it to a person" });
    this.intent = this.form.getByRole("radio", { name: "Intent" });
    this.description = this.form.getByRole("textbox", { name: "The customer" });
    this.examples = this.form.getByRole("textbox", { name: /^How customers say it/ });
    this.readyMade = this.form.getByRole("combobox", { name: "Start from a ready-made intent" });
    this.threshold = this.form.getByRole("slider", { name: /^How sure it must be/ });
    this.save = this.form.getByRole("button", { name: /^(Add|Save) rule$/ });
    this.cancel = this.form.getByRole("link", { name: "Cancel" });
    this.alert = this.form.getByRole("alert");
  }

  async fill(label: string, keywords: string[], text: string): Promise<void> {
    await this.name.fill(label);
    for (const keyword of keywords) {
      await this.keyword.fill(keyword);
      await this.keyword.press("Enter");
    }
    await this.text.fill(text);
  }
}
