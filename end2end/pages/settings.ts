// `/admin/settings`.
import type { Locator, Page } from "@playwright/test";
import { gotoReady } from "../fixtures/page.ts";
import { Frame } from "./frame.ts";

export class Settings extends Frame {
  readonly name: Locator;
  readonly timeZone: Locator;
  readonly save: Locator;
  readonly disclosure: Locator;
  readonly saveDisclosure: Locator;
  readonly present: Locator;
  readonly fresh: Locator;
  readonly change: Locator;

  constructor(page: Page) {
    super(page);
    const workspace = page.getByRole("form", { name: "Workspace" });
    this.name = workspace.getByRole("textbox", { name: "Name" });
    this.timeZone = workspace.getByRole("combobox", { name: "Time zone" });
    this.save = workspace.getByRole("button", { name: "Save" });
    const automated = page.getByRole("form", { name: "Automated replies" });
    this.disclosure = automated.getByRole("textbox", { name: "Line before replies" });
    this.saveDisclosure = automated.getByRole("button", { name: "Save" });
    const password = page.getByRole("form", { name: "Change your password" });
    this.present = password.getByLabel("Present password");
    this.fresh = password.getByLabel("New password");
    this.change = password.getByRole("button", { name: "Change password" });
  }

  open(): ReturnType<typeof gotoReady> {
    return gotoReady(this.page, "/admin/settings");
  }
}
