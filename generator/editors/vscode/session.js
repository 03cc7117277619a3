// One server: the documents and folders that it is told of, and the diagnostics that it sends.
"use strict";

const vscode = require("vscode");
const { Connection } = require("./connection");
const { providers, range } = require("./providers");

const WATCHED = "**/{*.ipc,*.mojom,.ipcgen}";

class Session {
  // onEnd(why) is called when the server ends by itself.
  constructor(command, onEnd) {
    this.diagnostics = vscode.languages.createDiagnosticCollection("ipcgen");
    this.disposables = [this.diagnostics];
    const handlers = {
      "textDocument/publishDiagnostics": (params) => this.publish(params),
      "window/showMessage": ({ message }) => vscode.window.showWarningMessage(message),
    };
    this.connection = new Connection(command, handlers, (why) => {
      this.dispose();
      onEnd(why);
    });
  }

  async begin() {
    const { capabilities } = await this.connection.request("initialize", {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: (vscode.workspace.workspaceFolders || []).map(folder),
      capabilities: {},
    });
    this.connection.notify("initialized", {});
    this.disposables.push(...this.documents(), ...this.files());
    this.disposables.push(...providers(this.connection, capabilities));
  }

  async end() {
    this.dispose();
    await this.connection.end();
  }

  dispose() {
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  publish({ uri, diagnostics }) {
    this.diagnostics.set(vscode.Uri.parse(uri), diagnostics.map(diagnostic));
  }

  // Tells the server what the editor has open, and whatever happens to it.
  documents() {
    const { workspace } = vscode;
    const tell = (what, document, rest) => {
      if (document.languageId !== "ipc" || document.uri.scheme !== "file") return;
      const { uri, version } = document;
      const textDocument = { uri: uri.toString(), version, ...rest.textDocument };
      this.connection.notify(`textDocument/${what}`, { ...rest, textDocument });
    };
    const open = (document) =>
      tell("didOpen", document, { textDocument: { languageId: "ipc", text: document.getText() } });
    workspace.textDocuments.forEach(open);
    return [
      workspace.onDidOpenTextDocument(open),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const changes = contentChanges.map(({ range: { start, end }, text }) => ({
          range: { start, end }, // VS Code's own range has another form in JSON
          text,
        }));
        tell("didChange", document, { contentChanges: changes });
      }),
      workspace.onDidSaveTextDocument((document) => tell("didSave", document, {})),
      workspace.onDidCloseTextDocument((document) => tell("didClose", document, {})),
    ];
  }

  // Tells the server what happens on the disk.
  files() {
    const { workspace } = vscode;
    const watcher = workspace.createFileSystemWatcher(WATCHED);
    const changed = (type) => (uri) => {
      const changes = [{ uri: uri.toString(), type }];
      this.connection.notify("workspace/didChangeWatchedFiles", { changes });
    };
    return [
      watcher,
      watcher.onDidCreate(changed(1)),
      watcher.onDidChange(changed(2)),
      watcher.onDidDelete(changed(3)),
      workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const event = { added: added.map(folder), removed: removed.map(folder) };
        this.connection.notify("workspace/didChangeWorkspaceFolders", { event });
      }),
    ];
  }
}

function folder({ uri, name }) {
  return { uri: uri.toString(), name };
}

function diagnostic(found) {
  const severity = found.severity - 1; // LSP counts from 1
  const shown = new vscode.Diagnostic(range(found.range), found.message, severity);
  shown.code = found.code;
  shown.source = found.source;
  shown.relatedInformation = (found.relatedInformation || []).map(({ location, message }) => {
    const place = new vscode.Location(vscode.Uri.parse(location.uri), range(location.range));
    return new vscode.DiagnosticRelatedInformation(place, message);
  });
  return shown;
}

module.exports = { Session };
