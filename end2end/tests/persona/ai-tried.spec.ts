// The answer of an AI rule is seen before customers see it: written on demand beside the rules, with every check, and gone with the question.
import { expectAccessible, expectNoSidewaysScroll, said } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "ai-tried" });

const good = "You answer for Copper Kettle, a coffee house. A flat white is 3.80 euros.";
const prompt = "Answer by the facts, in one sentence.";

test.beforeEach(async ({ api, sandbox, kettle, word }) => {
  await sandbox.repairAi();
  await api.setDefaultReply(kettle, "Thanks, somebody will answer.");
  await api.setRules(kettle, [
    { label: "Prices", keywords: [word], prompt },
    { label: "Hours", keywords: ["open"], canned: "From 9 to 18." },
  ]);
  await api.savePersona(good);
  await expect.poll(() => api.personaStatus()).toBe("approved");
  await expect.poll(() => api.promptStatuses(kettle)).toEqual(["approved"]);
});

test("the AI writes an answer to the message that is tried, which is free", async ({ page, rules, api, sandbox, kettle, word }) => {
  const before = await api.credits();
  const { simulator } = rules;
  await rules.open(kettle);
  await simulator.show();
  await simulator.text.fill(`How much is a flat white? ${word}`);
  await expect(simulator.verdict).toContainText("Rule 1, Prices, replies");
  await sandbox.forgetAiRequests();
  await simulator.writeAnswer.click();
  await expect(simulator.answer).toContainText("This would be sent");
  await expect(simulator.answer).toContainText("3.80 euros");
  await expect(simulator.answer).toContainText("0 credits here, 1 credit live");
  await expect(simulator.answer.getByRole("listitem").first()).toContainText("passed");
  await expect(said(page)).toHaveText("This would be sent");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  const asked = JSON.stringify(await sandbox.aiRequests());
  expect(asked, "the prompt of the rule is in the request").toContain(prompt);
  expect(await api.credits(), "trying is free").toBe(before);
});

test("an answer that would be held says for which words, and goes away with the message", async ({ rules, sandbox, kettle, word }) => {
  const { simulator } = rules;
  await rules.open(kettle);
  await simulator.show();
  await simulator.text.fill(`How much is a flat white? ${word}`);
  await expect(simulator.verdict).toContainText("Rule 1, Prices, replies");
  await sandbox.nextAiAnswer({ reply: "A flat white is 95 euros.", action: "none" });
  await simulator.writeAnswer.click();
  await expect(simulator.answer).toContainText("This would not be sent");
  await expect(simulator.answer).toContainText("It says “95”, which no approved text says like this.");
  await expect(simulator.answer).toContainText("held it back");
  await simulator.text.fill(`How much is a flat white, please? ${word}`);
  await expect(simulator.answer).not.toContainText("This would not be sent");
  await expect(simulator.writeAnswer).toHaveText("Write an answer");
  await simulator.text.fill("Are you open?");
  await expect(simulator.verdict).toContainText("Rule 2, Hours, replies");
  await expect(simulator.answer, "a canned reply is shown as it is").toHaveCount(0);
});

test("an answer to another message than the one that is typed by now is not shown", async ({ rules, sandbox, kettle, word }) => {
  const { simulator } = rules;
  await rules.open(kettle);
  await simulator.show();
  await simulator.text.fill(`How much is a flat white? ${word}`);
  await expect(simulator.verdict).toContainText("Rule 1, Prices, replies");
  await sandbox.aiFault("slow", { ms: 1_500, call: "reply" });
  await simulator.writeAnswer.click();
  await expect(simulator.writeAnswer).toHaveText("The AI is writing …");
  await simulator.text.fill(`How much is an espresso? ${word}`);
  await expect(simulator.writeAnswer).toHaveText("Write an answer");
  await expect(simulator.answer).not.toContainText("This would");
});

test("what is in the way comes first: nothing is written while auto-reply is off", async ({ rules, api, kettle, word }) => {
  await api.autoReply(kettle, false);
  const { simulator } = rules;
  await rules.open(kettle);
  await simulator.show();
  await simulator.text.fill(`How much is a flat white? ${word}`);
  await expect(simulator.verdict).toContainText("Nothing would be sent");
  await expect(simulator.answer).toHaveCount(0);
  await api.autoReply(kettle, true);
});
