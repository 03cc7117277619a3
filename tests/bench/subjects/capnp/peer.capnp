# What main and its renderers say to each other over Cap'n Proto RPC.
@0x9a3c0f5be1d6a7f2;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("bench_capnp");

interface Listener {
  # One renderer, to whom main speaks.
  hear @0 (number :UInt64, text :Text);
}

interface Peer {
  echo @0 (number :UInt64, text :Text) -> (number :UInt64, text :Text);
  echoLarge @1 (bytes :Data) -> (bytes :Data);
  note @2 (number :UInt64, text :Text);
  join @3 (listener :Listener);
}
