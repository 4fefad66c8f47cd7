// The persona without JavaScript: fields, lists one a line, a mistake that keeps what was typed, versions and their comparison.
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "persona" });

test("written with a plain form, corrected, compared and restored", async ({ persona, api, word }) => {
  await api.savePersona("You answer for Copper Kettle. Be brief.");
  await persona.open();
  await expect(persona.ownText).toBeChecked();
  await persona.form.getByRole("radio", { name: "Builder" }).check({ force: true });
  await persona.field("What it is").fill("a florist");
  await persona.field("Phrases you like").fill("Hello there\nTot snel");
  await persona.save.click();
  await expect(persona.field("Name of the business")).toHaveAttribute("aria-invalid", "true");
  await expect(persona.field("Phrases you like")).toHaveValue("Hello there\nTot snel");
  await persona.field("Name of the business").fill(`Bloom ${word}`);
  await persona.save.click();
  await expect(persona.notice).toHaveText(/^The persona is saved\./);
  await expect(persona.preview).toContainText(`Business: Bloom ${word}, a florist`);
  await persona.versions.nth(0).getByRole("link", { name: /^Compare/ }).click();
  await expect(persona.comparison).toContainText(`Bloom ${word}`);
  await persona.versions.nth(1).getByRole("button", { name: /^Restore/ }).click();
  await expect(persona.notice).toContainText("is restored");
  await expect(persona.text).toHaveValue("You answer for Copper Kettle. Be brief.");
  await expect(persona.tryIt).toContainText("Trying the persona needs JavaScript.");
});
