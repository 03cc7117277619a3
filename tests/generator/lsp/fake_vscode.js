// As much of VS Code's API as the extension uses, without VS Code: classes that keep what they are
// given, providers and listeners by name, and an editor that a session drives.
"use strict";

const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");

const providers = {};
const listeners = {};
const shown = new Map(); // diagnostics by URI
const said = [];
const disposable = { dispose() {} };

class Kept {
  constructor(...given) {
    this.given = given;
  }
}

// The form that a range of VS Code has in JSON, which is not LSP's.
class Range {
  constructor(startLine, startCharacter, endLine, endCharacter) {
    this.start = { line: startLine, character: startCharacter };
    this.end = { line: endLine, character: endCharacter };
  }
  toJSON() {
    return [this.start, this.end];
  }
}

class WorkspaceEdit {
  constructor() {
    this.edits = [];
  }
  set(uri, edits) {
    this.edits.push([uri.text, edits]);
  }
}

class Uri {
  constructor(text) {
    this.text = text;
    this.scheme = text.split(":")[0];
  }
  toString() {
    return this.text;
  }
  static parse(text) {
    return new Uri(text);
  }
}

const listen = (name) => (listener) => {
  listeners[name] = listener;
  return disposable;
};
const register = (name) => (selector, provider) => {
  providers[name] = provider;
  return disposable;
};

const vscode = {
  Range,
  WorkspaceEdit,
  Uri,
  ...Object.fromEntries(
    ["CompletionItem", "Diagnostic", "DiagnosticRelatedInformation", "DocumentHighlight",
      "DocumentSymbol", "Hover", "Location", "MarkdownString", "TextEdit",
    ].map((name) => [name, class extends Kept {}])
  ),
  commands: { registerCommand: (name, run) => listen(name)(run) },
  window: {
    showErrorMessage: async (text) => said.push(text),
    showWarningMessage: async (text) => said.push(text),
  },
  languages: {
    createDiagnosticCollection: () => ({
      set: (uri, diagnostics) => shown.set(uri.text, diagnostics),
      dispose: () => shown.clear(),
    }),
    ...Object.fromEntries(
      ["Hover", "Definition", "Reference", "DocumentHighlight", "DocumentSymbol",
        "DocumentFormattingEdit", "Rename", "CompletionItem",
      ].map((name) => [`register${name}Provider`, register(name)])
    ),
  },
  workspace: {
    workspaceFolders: [{ uri: new Uri(pathToFileURL(process.cwd()).href), name: "shop" }],
    textDocuments: [],
    getConfiguration: () => ({ get: () => "" }),
    createFileSystemWatcher: () => ({
      ...disposable,
      onDidCreate: listen("create"),
      onDidChange: listen("write"),
      onDidDelete: listen("delete"),
    }),
    onDidOpenTextDocument: listen("open"),
    onDidChangeTextDocument: listen("change"),
    onDidSaveTextDocument: listen("save"),
    onDidCloseTextDocument: listen("close"),
    onDidChangeWorkspaceFolders: listen("folders"),
  },
};

// A document on which a session types.
class Document {
  constructor(name) {
    this.text = fs.readFileSync(name, "utf8");
    this.uri = new Uri(pathToFileURL(path.resolve(name)).href);
    this.version = 1;
    this.languageId = "ipc";
    vscode.workspace.textDocuments.push(this);
  }
  getText() {
    return this.text;
  }
  // The place of the first `|` of a text that the document has.
  at(marked) {
    const [before, after] = marked.split("|");
    const ahead = this.text.slice(0, this.text.indexOf(before + after) + before.length);
    return { line: ahead.split("\n").length - 1, character: ahead.length - ahead.lastIndexOf("\n") - 1 };
  }
  replace(old, text) {
    const start = this.at(`|${old}`);
    const end = this.at(`${old}|`);
    const range = new Range(start.line, start.character, end.line, end.character);
    this.text = this.text.replace(old, text);
    this.version += 1;
    listeners.change({ document: this, contentChanges: [{ range, text }] });
  }
}

module.exports = { vscode, Document, providers, listeners, shown, said };
