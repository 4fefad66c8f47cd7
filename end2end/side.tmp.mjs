import { chromium } from "@playwright/test";
import fs from "node:fs";
import { pathToFileURL } from "node:url";
// args: out.png width file...
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const line of fs.readFileSync(0, "utf8").trim().split("\n")) {
  const [out, w, ...files] = line.split(" ");
  const p = await b.newPage({ viewport: { width: (Number(w) + 8) * files.length, height: 400 } });
  const html = `<body style="margin:0;background:#c0c;display:flex;gap:8px;align-items:start">${files.filter(f=>fs.existsSync(f)).map(f => `<img style="width:${w}px" src="${pathToFileURL(f)}">`).join("")}</body>`;
  fs.writeFileSync("/tmp/sides/x.html", html);
  await p.goto("file:///tmp/sides/x.html");
  await p.screenshot({ path: `/tmp/sides/${out}.png`, fullPage: true });
  await p.close();
}
await b.close();
