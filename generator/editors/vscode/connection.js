// A server's process and the JSON messages to and from it (JSON-RPC behind `Content-Length`).
//
// request() gives a promise, which fails with what the server refuses, and with the end of the
// server. `handlers` has a function for each notification that is of interest, by method.
"use strict";

const { spawn } = require("child_process");

const SEPARATOR = "\r\n\r\n";

class Connection {
  // onEnd(text) is called once, unless end() was called before: what the server said on stderr.
  constructor(command, handlers, onEnd) {
    this.handlers = handlers;
    this.onEnd = onEnd;
    this.input = Buffer.alloc(0);
    this.waiting = new Map();
    this.next = 0;
    this.errors = "";
    this.process = spawn(command, ["lsp", "--stdio"]);
    this.process.stdin.on("error", () => {}); // "close" says it
    this.process.stdout.on("data", (piece) => this.receive(piece));
    this.process.stderr.on("data", (piece) => {
      this.errors = (this.errors + piece).slice(-2000);
    });
    this.process.on("error", (problem) => this.ended(problem.message));
    this.process.on("close", () => this.ended(this.errors || "it ended"));
  }

  request(method, params) {
    const id = ++this.next;
    return new Promise((resolve, reject) => {
      if (!this.waiting) return reject(new Error("there is no server"));
      this.waiting.set(id, { resolve, reject });
      this.send({ id, method, params });
    });
  }

  notify(method, params) {
    if (this.waiting) this.send({ method, params });
  }

  // Asks the server to go; one that does not within a second is stopped.
  async end() {
    this.onEnd = () => {};
    const late = setTimeout(() => this.process.kill(), 1000);
    const gone = new Promise((resolve) => this.process.on("close", resolve));
    await this.request("shutdown").catch(() => {});
    this.notify("exit");
    if (this.waiting) await gone;
    clearTimeout(late);
  }

  send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.process.stdin.write(`Content-Length: ${body.length}${SEPARATOR}`);
    this.process.stdin.write(body);
  }

  receive(piece) {
    this.input = Buffer.concat([this.input, piece]);
    for (;;) {
      const header = this.input.indexOf(SEPARATOR);
      if (header < 0) return;
      const start = header + SEPARATOR.length;
      const [, length] = /Content-Length: (\d+)/i.exec(this.input.toString("latin1", 0, header));
      const end = start + Number(length);
      if (this.input.length < end) return;
      const body = this.input.toString("utf8", start, end);
      this.input = this.input.subarray(end);
      this.accept(JSON.parse(body));
    }
  }

  accept(message) {
    if (message.method) {
      const handler = this.handlers[message.method];
      if (handler) handler(message.params);
      return;
    }
    const { resolve, reject } = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.error) reject(new Error(message.error.message));
    else resolve(message.result);
  }

  ended(why) {
    if (!this.waiting) return;
    for (const { reject } of this.waiting.values()) reject(new Error(why));
    this.waiting = null;
    this.onEnd(why);
  }
}

module.exports = { Connection };
