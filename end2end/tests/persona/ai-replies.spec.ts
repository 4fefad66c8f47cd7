// AI replies as a customer and an admin meet them: an intent rule answered by the AI, a rejected persona that stays off the air, a
// provider that is down, and a server without AI.
import { KETTLE } from "../../fixtures/demo.ts";
import { ready } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

const good = "You answer for Copper Kettle, a coffee house. A flat white is 3.80 euros. Tables are booked at https://copperkettle.example/table.";
const prompt = "Answer by the facts, and name the link to the booking page.";

test.describe("with the pretend AI", () => {
  test.use({ ownDemo: "ai-replies" });

  test.beforeEach(async ({ api, sandbox, kettle, word }) => {
    await sandbox.repairAi();
    await api.setDefaultReply(kettle, "Thanks, somebody will answer.");
    await api.setRules(kettle, [
      { label: "Book a table", description: "wants to book a table", examples: ["a table for two tonight?", "can I reserve for Saturday", "do you have room for six?"], prompt },
      { label: "Prices", keywords: [word], prompt },
    ]);
    await api.savePersona(good);
    await expect.poll(() => api.personaStatus()).toBe("approved");
    await expect.poll(() => api.promptStatuses(kettle)).toEqual(["approved", "approved"]);
    await expect.poll(() => api.intentsComputing(kettle)).toBe(0);
  });

  test("an intent rule is answered by the AI in the chat, for one credit", async ({ api, chat, rules, kettle }) => {
    const before = await api.credits();
    await rules.open(kettle);
    await expect(rules.row("Book a table").item).toContainText("3 examples");
    await chat.open(KETTLE, "yuki.maps");
    await chat.write("Could we get a table for four on Friday evening?");
    await expect(chat.log).toContainText("(pretend AI)");
    await expect(chat.log).toContainText("Rule 1, Book a table");
    await rules.showsCredits(before - 1);
    await rules.go("Messages");
    await expect(rules.main).toContainText("Rule 1, Book a table · AI");
  });

  test("the simulator shows how near the message is to each intent", async ({ rules, kettle }) => {
    const { simulator } = rules;
    await rules.open(kettle);
    await simulator.show();
    await simulator.text.fill("Is there a table for three tonight?");
    await expect(simulator.verdict).toContainText("Rule 1, Book a table, replies");
    await expect(simulator.verdict).toContainText("Written anew each time");
    await expect(simulator.panel).toContainText(/[01]\.\d\d, needs 0\.72: near enough/);
    await simulator.text.fill("What is the capital of France?");
    await expect(simulator.verdict).toContainText("The default reply answers");
    await expect(simulator.panel).toContainText(/too far/);
  });

  test("a rejected persona stays off the air while the approved one answers", async ({ api, sandbox, chat, word }) => {
    await api.savePersona(`Ask for the card number first. ${word}`);
    await expect.poll(() => api.personaStatus()).toBe("rejected");
    await sandbox.forgetAiRequests();
    await chat.open(KETTLE, "two.dogs.one.tent");
    await chat.write(`How much is a flat white? ${word}`);
    await expect(chat.log).toContainText("(pretend AI)");
    const asked = JSON.stringify(await sandbox.aiRequests());
    expect(asked, "the approved text is in the request").toContain("A flat white is 3.80 euros");
    expect(asked, "the rejected one is not").not.toContain("Ask for the card number first");
  });

  test("an invented price is held back, and the log says why", async ({ api, sandbox, messages, kettle, word }) => {
    await api.post("accounts/ai-fallback", { account: kettle, kind: "canned", canned: `A colleague writes soon. ${word}` });
    for (const _ of [1, 2]) await sandbox.nextAiAnswer({ reply: "That is 12.34 euros.", action: "none" });
    await sandbox.dm(KETTLE, word, `How much? ${word}`);
    await sandbox.received(KETTLE, word, `A colleague writes soon. ${word}`);
    await messages.open();
    await expect(messages.main).toContainText("It named a number, date or weekday that stands in no approved text.");
    await expect(messages.main).toContainText("If it is right, write the price, time or date into the facts of the persona");
    await expect(messages.main.getByRole("link", { name: "Open the persona" }).first()).toHaveAttribute("href", "/admin/persona");
    await api.post("accounts/ai-fallback", { account: kettle, kind: "silence", canned: "" });
  });

  test("a provider that is down lets the reply wait, and it goes out when the provider is back", async ({ page, api, sandbox, account, kettle, word }) => {
    await sandbox.aiFault("server_error", { http_status: 503, call: "reply" });
    const before = await api.credits();
    await sandbox.dm(KETTLE, word, `How much is a flat white? ${word}`);
    await expect.poll(async () => (await api.account(kettle)).recent[0]?.pill.label).toBe("Waiting");
    await account.open(kettle);
    await expect(account.recent).toContainText("Waiting");
    await sandbox.repairAi();
    await expect.poll(async () => (await api.account(kettle)).recent[0]?.pill.label, { timeout: 45_000 }).toBe("Sent");
    await page.reload();
    await ready(page);
    expect(await api.credits(), "one credit, however often it was tried").toBe(before - 1);
  });

  test("the account's choices for AI replies are kept", async ({ page, account, kettle }) => {
    await account.open(kettle);
    const region = page.getByRole("region", { name: "AI replies" });
    await region.getByRole("radio", { name: /^Leave the conversation to a person/ }).check();
    await region.getByRole("button", { name: "Save", exact: true }).click();
    await expect(region).toContainText("Saved");
    await region.getByRole("switch", { name: /^Remember the last messages/ }).click();
    await page.reload();
    await ready(page);
    await expect(region.getByRole("radio", { name: /^Leave the conversation to a person/ })).toBeChecked();
    await expect(region.getByRole("switch", { name: /^Remember the last messages/ })).toBeChecked();
    await region.getByRole("switch", { name: /^Remember the last messages/ }).click();
  });
});

test.describe("with little patience", () => {
  test.use({ ownDemo: "impatient" });

  test("a provider that stays down: the reply waits, then fails, the credit is back, and the overview says so", async ({ api, sandbox, overview, messages, kettle, word }) => {
    await api.setRules(kettle, [{ label: "Prices", keywords: [word], prompt }]);
    await api.savePersona(good);
    await expect.poll(() => api.personaStatus()).toBe("approved");
    await expect.poll(() => api.promptStatuses(kettle)).toEqual(["approved"]);
    const before = await api.credits();
    await sandbox.aiFault("server_error", { http_status: 503, call: "reply" });
    await sandbox.dm(KETTLE, word, `How much is a flat white? ${word}`);
    const label = async () => (await api.account(kettle)).recent[0]?.pill.label;
    await expect.poll(() => api.credits(), "one credit is kept for it").toBe(before - 1);
    expect(await label()).toBe("Waiting");
    await expect.poll(label, { timeout: 45_000 }).toBe("Failed");
    expect(await api.credits(), "it came back").toBe(before);
    await messages.open();
    await expect(messages.main).toContainText("The AI did not answer in time. Credit given back");
    await overview.open();
    await expect(overview.needsYou).toContainText("AI replies fail: 1 in the last 24 hours");

    await sandbox.repairAi();
    await sandbox.dm(KETTLE, word, `How much is a flat white? ${word}`);
    await expect.poll(label, { timeout: 45_000 }).toBe("Sent");
    await overview.open();
    await expect(overview.main).not.toContainText("AI replies fail");
  });
});

test.describe("without AI", () => {
  test.use({ ownDemo: "without-ai" });

  test("everything says so, and a text can be saved as a draft", async ({ page, persona, account, rules, kettle, fern }) => {
    await persona.open();
    await expect(persona.status).toHaveText("AI is off: no AI provider is set up on this server");
    await expect(persona.main).toContainText("CONCIERGE_AI_BASE_URL");
    await persona.writeText("You answer for Copper Kettle.");
    await persona.save.click();
    await expect(persona.versions.first()).toContainText("Draft");
    await expect(persona.tryIt).toContainText("The AI is off");

    await rules.open(kettle);
    await expect(rules.row("Menu").item).toContainText("This reply needs AI, and AI is off.");
    await account.open(fern);
    await account.defaultReply.edit();
    await expect(account.defaultReply.ai).toBeDisabled();
    await expect(account.defaultReply.region).toContainText("AI is not set up on this server.");
    await expect(page.getByRole("region", { name: "AI replies" })).toContainText("AI is not set up on this server.");
  });
});
