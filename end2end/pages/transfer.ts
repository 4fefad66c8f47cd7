// `/admin/rules/instagram/{id}/transfer`: the rules as a file, and for another account.
import type { Locator, Page } from "@playwright/test";
import { gotoReady } from "../fixtures/page.ts";
import { Frame } from "./frame.ts";

export class Transfer extends Frame {
  readonly download: Locator;
  readonly import: Locator;
  readonly file: Locator;
  readonly text: Locator;
  readonly look: Locator;
  readonly confirmImport: Locator;
  readonly cancelImport: Locator;
  readonly problems: Locator;
  readonly copy: Locator;
  readonly account: Locator;
  readonly lookThere: Locator;
  readonly confirmCopy: Locator;

  constructor(page: Page) {
    super(page);
    this.download = this.main.getByRole("link", { name: /^Download the rules of/ });
    this.import = this.main.getByRole("region", { name: /^Import( this file\?)?$/ });
    this.file = this.import.getByLabel("File", { exact: true });
    this.text = this.import.getByRole("textbox", { name: "Text of the file" });
    this.look = this.import.getByRole("button", { name: "See what changes" });
    this.confirmImport = this.import.getByRole("button", { name: "Import" });
    this.cancelImport = this.import.getByRole("link", { name: "Cancel" });
    this.problems = this.import.getByRole("alert");
    this.copy = this.main.getByRole("region", { name: "Copy to another account" });
    this.account = this.copy.getByRole("combobox", { name: "Account" });
    this.lookThere = this.copy.getByRole("button", { name: "See what changes there" });
    this.confirmCopy = this.copy.getByRole("button", { name: "Copy" });
  }

  open(id: string, query = ""): ReturnType<typeof gotoReady> {
    return gotoReady(this.page, `/admin/rules/instagram/${id}/transfer${query}`);
  }
}
