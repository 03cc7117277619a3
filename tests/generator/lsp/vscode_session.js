// One editor session of the VS Code extension over the current folder; prints as JSON what VS Code
// would be given. test_lsp_vscode.py reads it.
//
//   node vscode_session.js FOLDER_OF_THE_EXTENSION
"use strict";

const Module = require("module");
const { vscode, Document, providers, listeners, shown, said } = require("./fake_vscode");

const PATIENCE = 10000; // milliseconds; nothing takes a tenth of that

const load = Module._load;
Module._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));
const extension = require(process.argv[2]);

const soon = () => new Promise((resolve) => setTimeout(resolve, 10));
async function until(condition) {
  const end = Date.now() + PATIENCE;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${condition}`);
    await soon();
  }
}

const messages = (document) => (shown.get(document.uri.text) || []).map((found) => found.given[1]);

async function session() {
  const document = new Document("src/shop.ipc");
  await extension.activate({ subscriptions: [] });
  const report = {};
  const at = document.at("Note| note");

  const hover = await providers.Hover.provideHover(document, at);
  report.hover = hover.given[0].given[0];
  report.nothing = await providers.Hover.provideHover(document, { line: 1000, character: 0 });
  const time = document.at("Time|? edited");
  report.definition = (await providers.Definition.provideDefinition(document, time)).given;
  const all = { includeDeclaration: true };
  report.references = (await providers.Reference.provideReferences(document, at, all)).length;
  const highlights = await providers.DocumentHighlight.provideDocumentHighlights(document, at);
  report.highlights = highlights.map((found) => found.given[1]);
  const symbols = await providers.DocumentSymbol.provideDocumentSymbols(document);
  report.symbols = symbols.map((found) => [found.given[0], found.children.length]);
  report.placeholder = (await providers.Rename.prepareRename(document, at)).placeholder;
  const renamed = await providers.Rename.provideRenameEdits(document, at, "Memo");
  report.renamed = renamed.edits.map(([uri, edits]) => [uri.split("/").pop(), edits.length]);
  report.refused = await providers.Rename.provideRenameEdits(document, at, "1").catch(String);

  document.replace("uint64 id@0", "uint65 id@0");
  await until(() => messages(document).length > 0);
  report.diagnostics = messages(document);
  document.replace("uint65 id@0", "uint64   id@0");
  await until(() => messages(document).length === 0);
  const edits = await providers.DocumentFormattingEdit.provideDocumentFormattingEdits(document);
  report.formatted = edits.map((edit) => edit.given);
  document.replace("Kind other@5", "Ki");
  const place = document.at("Ki| =");
  const items = await providers.CompletionItem.provideCompletionItems(document, place);
  const item = items.find((found) => found.given[0] === "Kind");
  report.completion = [item.given, item.range, item.insertText];

  await listeners["ipc.restart"]();
  report.restarted = (await providers.Hover.provideHover(document, at)) !== null;
  await extension.deactivate();
  report.after = await providers.Hover.provideHover(document, at).catch(String);
  report.said = said;
  return report;
}

session().then(
  (report) => console.log(JSON.stringify(report)),
  (problem) => {
    console.error(problem);
    process.exit(1);
  }
);
