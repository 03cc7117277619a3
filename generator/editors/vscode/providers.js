// VS Code's questions, asked of the server: a provider each, which converts the answer.
//
// LSP counts kinds from 1 and VS Code from 0, in the same order; `null` is no answer in both.
"use strict";

const vscode = require("vscode");

function range({ start, end }) {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

// What the server can do, registered; a list of disposables.
function providers(connection, capabilities) {
  const ask = async (what, document, rest, convert) => {
    const textDocument = { uri: document.uri.toString() };
    const answer = await connection.request(`textDocument/${what}`, { textDocument, ...rest });
    return answer && convert(answer);
  };
  const each = (convert) => (answers) => answers.map(convert);
  const provided = {
    Hover: {
      provideHover: (document, position) => ask("hover", document, { position }, hover),
    },
    Definition: {
      provideDefinition: (document, position) =>
        ask("definition", document, { position }, location),
    },
    Reference: {
      provideReferences: (document, position, context) =>
        ask("references", document, { position, context }, each(location)),
    },
    DocumentHighlight: {
      provideDocumentHighlights: (document, position) =>
        ask("documentHighlight", document, { position }, each(highlight)),
    },
    DocumentSymbol: {
      provideDocumentSymbols: (document) => ask("documentSymbol", document, {}, each(symbol)),
    },
    DocumentFormattingEdit: {
      provideDocumentFormattingEdits: (document) => ask("formatting", document, {}, each(edit)),
    },
    Rename: {
      prepareRename: (document, position) => ask("prepareRename", document, { position }, name),
      provideRenameEdits: (document, position, newName) =>
        ask("rename", document, { position, newName }, workspaceEdit),
    },
    CompletionItem: {
      provideCompletionItems: (document, position) =>
        ask("completion", document, { position }, each(completionItem)),
    },
  };
  const extra = { CompletionItem: capabilities.completionProvider.triggerCharacters };
  return Object.entries(provided).map(([what, provider]) =>
    vscode.languages[`register${what}Provider`](
      { language: "ipc", scheme: "file" }, provider, ...(extra[what] || [])
    )
  );
}

function hover({ contents, range: where }) {
  return new vscode.Hover(new vscode.MarkdownString(contents.value), range(where));
}

function location({ uri, range: where }) {
  return new vscode.Location(vscode.Uri.parse(uri), range(where));
}

function highlight({ range: where, kind }) {
  return new vscode.DocumentHighlight(range(where), kind - 1);
}

function symbol(found) {
  const [all, selection] = [range(found.range), range(found.selectionRange)];
  const kind = found.kind - 1;
  const shown = new vscode.DocumentSymbol(found.name, found.detail, kind, all, selection);
  shown.children = found.children.map(symbol);
  return shown;
}

function edit({ range: where, newText }) {
  return new vscode.TextEdit(range(where), newText);
}

function name({ range: where, placeholder }) {
  return { range: range(where), placeholder };
}

function workspaceEdit({ changes }) {
  const all = new vscode.WorkspaceEdit();
  for (const [uri, edits] of Object.entries(changes)) all.set(vscode.Uri.parse(uri), edits.map(edit));
  return all;
}

function completionItem(found) {
  const shown = new vscode.CompletionItem(found.label, found.kind - 1);
  shown.range = range(found.textEdit.range);
  shown.insertText = found.textEdit.newText;
  shown.detail = found.detail;
  shown.documentation = found.documentation;
  return shown;
}

module.exports = { providers, range };
