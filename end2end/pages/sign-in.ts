// `/login`.
import type { Locator, Page } from "@playwright/test";
import { DEMO } from "../fixtures/demo.ts";
import { gotoReady } from "../fixtures/page.ts";

export class SignIn {
  readonly email: Locator;
  readonly password: Locator;
  readonly button: Locator;
  /** What is wrong with the attempt as a whole. */
  readonly alert: Locator;

  constructor(readonly page: Page) {
    const form = page.getByRole("form", { name: "Sign in" });
    this.email = form.getByLabel("E-mail");
    this.password = form.getByLabel("Password", { exact: true });
    this.button = form.getByRole("button", { name: /^Sign in/ });
    this.alert = form.getByRole("alert");
  }

  open(next = ""): ReturnType<typeof gotoReady> {
    return gotoReady(this.page, next ? `/login?next=${encodeURIComponent(next)}` : "/login");
  }

  async as(email: string = DEMO.email, password: string = DEMO.password): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.button.click();
  }
}
