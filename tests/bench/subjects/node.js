// The subject `node`: a main and its renderers as Node's child_process.fork() connects them, with
// process.send() and its JSON. `serve` is main and forks the renderers; they are this file again.
//
// What the options mean is in harness/session.h, the line to the runner in harness/control.h, the
// buckets in harness/histogram.h.
'use strict';

const {execFileSync, fork} = require('node:child_process');
const net = require('node:net');
const path = require('node:path');

const WINDOW = 64;
const BATCH = 1000;
const BEAT_NS = 1_000_000n;

function parse(args) {
  const options = {};
  for (const arg of args) {
    const [, name, value] = arg.match(/^--([^=]+)=(.*)$/);
    options[name] = /^-?[0-9.]+$/.test(value) ? Number(value) : value;
  }
  return options;
}

function pin(cpu) {
  if (cpu >= 0) execFileSync('taskset', ['-a', '-p', '-c', String(cpu), String(process.pid)]);
}

class Meter {
  constructor(seconds) {
    this.durationNs = BigInt(Math.round(seconds * 1e9));
    this.buckets = new Map();
    this.count = 0;
    this.sent = 0;
    this.watched = 1;
    this.isOver = false;
    this.firstNs = 0n;
  }

  start(startNs = process.hrtime.bigint()) {
    this.startNs = startNs;
    this.lastNs = this.nextBeatNs = process.hrtime.bigint();
    this.endNs = this.startNs + this.durationNs;
  }

  finish() {
    this.finishNs = process.hrtime.bigint();
  }

  begin() {
    this.lastNs = process.hrtime.bigint();
  }

  note() {
    const now = process.hrtime.bigint();
    const ns = Math.max(1, Number(now - this.lastNs));
    const octave = Math.floor(Math.log2(ns));
    const bucket = octave * 128 + Math.floor((ns / 2 ** octave - 1) * 128);
    this.buckets.set(bucket, (this.buckets.get(bucket) || 0) + 1);
    if (this.firstNs === 0n) this.firstNs = now;
    this.isOver = now >= this.endNs;
    return now;
  }

  completed() {
    this.lastNs = this.note();
    ++this.count;
    return !this.isOver;
  }

  noteSent() {
    if (++this.sent === this.watched) this.begin();
  }

  answered() {
    if (++this.count === this.watched) {
      this.note();
      this.watched = this.sent + 1;
    }
    return !this.isOver;
  }

  maySend() {
    if (this.count % WINDOW === 0 && process.hrtime.bigint() >= this.endNs) return false;
    ++this.count;
    return true;
  }

  // Milliseconds until the next beat; the timers of Node are whole ones.
  untilBeat() {
    const now = process.hrtime.bigint();
    do this.nextBeatNs += BEAT_NS;
    while (this.nextBeatNs <= now);
    return Math.max(1, Math.round(Number(this.nextBeatNs - now) / 1e6));
  }

  toJson() {
    return JSON.stringify({
      count: this.count,
      elapsed_ns: Number(this.finishNs - this.startNs),
      histogram: [...this.buckets],
    });
  }
}

class Control {
  constructor(options, role, index, onGo) {
    this.socket = net.connect(path.join(options.folder, 'control'));
    // Nothing but `go START_NS` comes, once.
    this.socket.on('data', (line) => onGo(BigInt(line.toString().split(' ')[1])));
    this.socket.on('close', () => process.exit(0));
    this.socket.write(`hello ${role} ${index} ${process.pid}\n`);
  }

  sayReady(meter) {
    this.socket.write(`ready {"first_answer_ns":${meter ? meter.firstNs : 0}}\n`);
  }

  report(meter) {
    this.socket.write(`result ${meter.toJson()}\n`);
  }
}

// Each pattern sends at once, returns what to do with an answer, and calls `done` at the end.
const PATTERNS = {
  'round-trips': (meter, send, done) => {
    send();
    return () => (meter.completed() ? send() : done());
  },
  'in-flight': (meter, send, done) => {
    const sendOne = () => {
      meter.noteSent();
      send();
    };
    for (let i = 0; i < WINDOW; ++i) sendOne();
    return () => {
      if (meter.answered()) return sendOne();
      if (meter.count === meter.sent) done();
    };
  },
  'one-way': (meter, send, done) => {
    let isOver = false;
    let batches = 0;
    const sendBatch = () => {
      for (let i = 0; i < BATCH && !isOver; ++i) {
        isOver = !meter.maySend();
        if (!isOver) send();
      }
      ++batches;
      process.send({flush: true});
    };
    sendBatch();
    sendBatch();
    return () => {
      --batches;
      if (!isOver) return sendBatch();
      if (batches === 0) done();
    };
  },
  paced: (meter, send, done) => {
    const sendAtBeat = () => setTimeout(() => {
      meter.begin();
      send();
    }, meter.untilBeat());
    sendAtBeat();
    return () => (meter.completed() ? sendAtBeat() : done());
  },
};

function call(options) {
  pin(options['client-cpu']);
  if (options.pattern === 'broadcast') {
    process.on('message', () => process.send({heard: true}));
    new Control(options, 'client', options.index, () => {});
    process.send({heard: true});
    return;
  }
  const message = {ping: 42, text: 'x'.repeat(options.bytes - 21)};
  let onMessage;
  process.on('message', () => onMessage());

  const run = (seconds, startNs, then) => {
    const meter = new Meter(seconds);
    meter.start(startNs);
    onMessage = PATTERNS[options.pattern](meter, () => process.send(message), () => {
      meter.finish();
      then(meter);
    });
  };
  const control = new Control(options, 'client', options.index, (startNs) => {
    run(options.seconds, startNs, (meter) => control.report(meter));
  });
  run(options['warm-up'], undefined, (meter) => control.sayReady(meter));
}

function serve(options) {
  pin(options['server-cpu']);
  let onGo = () => {};
  const control = new Control(options, 'server', 0, (startNs) => onGo(startNs));
  control.sayReady(null);
  const renderers = [];
  let onHeard = () => {};
  let heard = 0;
  const listenTo = (renderer) => renderer.on('message', (message) => {
    if (message.heard) {
      if (++heard < options.renderers) return;
      heard = 0;
      onHeard();
    } else if (options.pattern !== 'one-way' || message.flush) {
      renderer.send(message);
    }
  });

  const broadcast = (seconds, startNs, then) => {
    const news = {ping: 42, text: 'x'.repeat(options.bytes - 21)};
    const sayNews = () => renderers.forEach((renderer) => renderer.send(news));
    const meter = new Meter(seconds);
    meter.start(startNs);
    onHeard = () => {
      if (meter.completed()) return sayNews();
      meter.finish();
      then(meter);
    };
    sayNews();
  };
  // When all are there.
  onHeard = () => broadcast(options['warm-up'], undefined, (warmUp) => {
    onGo = (startNs) => broadcast(options.seconds, startNs, (meter) => control.report(meter));
    control.sayReady(warmUp);
  });

  for (let index = 0; index < options.renderers; ++index) {
    const args = Object.entries({...options, index}).map(([name, value]) => `--${name}=${value}`);
    renderers.push(fork(__filename, ['call', ...args]));
    listenTo(renderers[index]);
  }
}

const [role, ...args] = process.argv.slice(2);
if (role === 'serve') serve(parse(args));
if (role === 'call') call(parse(args));
if (role === 'list') {
  const patterns = [...Object.keys(PATTERNS), 'broadcast'];
  console.log(JSON.stringify(
      {subject: 'node', patterns, small: true, large: true, hosts_clients: true}));
}
