// `/admin/instagram/connect`: to Facebook and back. The dialog itself is the sandbox's.
import { expect, type Locator, type Page } from "@playwright/test";
import { gotoReady, ready } from "../fixtures/page.ts";
import { Frame } from "./frame.ts";

export class Connect extends Frame {
  readonly title: Locator;
  /** To Facebook. */
  readonly facebook: Locator;
  readonly askAgain: Locator;
  readonly lookAgain: Locator;
  readonly warning: Locator;
  /** Why nothing was connected. */
  readonly problem: Locator;
  readonly permissions: Locator;
  readonly chooser: Locator;
  readonly submit: Locator;
  /** Pages that cannot be connected, with the reason. */
  readonly impossible: Locator;
  readonly dialog: FacebookDialog;

  constructor(page: Page) {
    super(page);
    this.title = this.main.getByRole("heading", { level: 1 });
    this.facebook = this.main.getByRole("link", { name: "Continue with Facebook" });
    this.askAgain = this.main.getByRole("link", { name: "Ask Facebook again" });
    this.lookAgain = this.main.getByRole("button", { name: "Look again" });
    this.warning = this.main.getByText("Keep the ticks of what is connected");
    this.problem = this.main.getByRole("alert").getByRole("heading", { level: 2 });
    this.permissions = this.main.getByRole("list", { name: "Permissions" });
    this.chooser = this.main.getByRole("form", { name: "Choose accounts" });
    this.submit = this.chooser.getByRole("button", { name: /^Connect/ });
    this.impossible = this.main.getByRole("region", { name: /These Pages cannot be connected|What Facebook named|Could not be connected/ });
    this.dialog = new FacebookDialog(page);
  }

  open(query = ""): ReturnType<typeof gotoReady> {
    return gotoReady(this.page, `/admin/instagram/connect${query}`);
  }

  /** The tick of an account in the chooser. */
  choice(username: string): Locator {
    return this.chooser.getByRole("checkbox", { name: new RegExp(username.replaceAll(".", "\\.")) });
  }

  /** What became of an account. */
  connected(username: string): Locator {
    return this.main.getByRole("region", { name: username });
  }

  /** From the start to Facebook, where a person decides, and back; `decide` may already have been told to the sandbox. */
  async signIn(decide: () => Promise<void> = () => this.dialog.everything()): Promise<void> {
    await this.open();
    await this.facebook.click();
    await decide();
    await this.isBack();
  }

  async isBack(): Promise<void> {
    await expect(this.page).toHaveURL(/\/admin\/instagram\/connect\?/);
    await ready(this.page);
  }
}

/** The sandbox's page in Facebook's place. */
export class FacebookDialog {
  constructor(private readonly page: Page) {}

  /** Every Page and every permission, whatever was chosen before. */
  async everything(): Promise<void> {
    for (const box of await this.page.getByRole("checkbox").all()) await box.check();
    await this.approve();
  }

  /** Leaves exactly these Pages ticked. */
  async tick(...pages: string[]): Promise<void> {
    for (const box of await this.page.getByRole("group", { name: "Pages" }).getByRole("checkbox").all()) {
      const name = (await box.getAttribute("value")) ?? "";
      await box.setChecked(pages.includes(name));
    }
  }

  async leaveOut(permission: string): Promise<void> {
    await this.page.getByRole("checkbox", { name: new RegExp(`\\b${permission}$`) }).uncheck();
  }

  approve(): Promise<void> {
    return this.page.getByRole("button", { name: "Continue as Robin" }).click();
  }

  deny(): Promise<void> {
    return this.page.getByRole("button", { name: "Cancel" }).click();
  }
}
