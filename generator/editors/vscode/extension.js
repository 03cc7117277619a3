// Runs `ipcgen lsp` beside VS Code: one session at a time, until VS Code ends or it does.
//
// Plain JavaScript over VS Code's own API, so that a copy of this folder is the whole extension:
// nothing is built and no package is fetched.
"use strict";

const fs = require("fs");
const path = require("path");
const vscode = require("vscode");
const { Session } = require("./session");

// In the tree, and where build/install puts this folder.
const BESIDE = ["../../ipcgen", "../../../../bin/ipcgen"];

let session = null;

function ipcgen() {
  const here = fs.realpathSync(__dirname);
  const beside = BESIDE.map((place) => path.join(here, place)).filter(fs.existsSync);
  return vscode.workspace.getConfiguration("ipc").get("ipcgen") || beside[0] || "ipcgen";
}

async function start() {
  const command = ipcgen();
  session = new Session(command, async (why) => {
    const chosen = await vscode.window.showErrorMessage(`${command} lsp: ${why}`, "Restart");
    if (chosen) await restart();
  });
  await session.begin().catch(() => {}); // the message above has told why
}

async function restart() {
  await session.end();
  await start();
}

async function activate(context) {
  context.subscriptions.push(vscode.commands.registerCommand("ipc.restart", restart));
  await start();
}

function deactivate() {
  return session.end();
}

module.exports = { activate, deactivate };
