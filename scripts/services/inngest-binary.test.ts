import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { findInngest } from "./inngest-binary.mjs";

const roots: string[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const root of roots.splice(0)) fs.rmSync(root, { recursive: true, force: true });
});

function rootWith(content: Buffer): { root: string; file: string } {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "inngest-binary-"));
  roots.push(root);
  const file = path.join(
    root,
    "node_modules",
    "inngest-cli",
    "bin",
    process.platform === "win32" ? "inngest.exe" : "inngest",
  );
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content, { mode: 0o755 });
  return { root, file };
}

it("takes the package's program", () => {
  const { root, file } = rootWith(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2]));
  expect(findInngest(root)).toBe(file);
});

it("looks elsewhere when the package was installed without its scripts and holds a placeholder", () => {
  const { root, file } = rootWith(Buffer.from("#!/usr/bin/env node\nconsole.error('not installed');\n"));
  expect(findInngest(root)).not.toBe(file);
  const bin = path.join(root, "node_modules", ".bin");
  fs.mkdirSync(bin);
  fs.symlinkSync(file, path.join(bin, path.basename(file)));
  vi.stubEnv("PATH", bin + path.delimiter + process.env.PATH);
  expect(findInngest(root)).not.toBe(path.join(bin, path.basename(file)));
});
