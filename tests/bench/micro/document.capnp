# bench.Document as its author would write it for Cap'n Proto.
@0xc2b94cf0a3e55f1d;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("bench_capnp");

enum Kind {
  text @0;
  task @1;
  audio @2;
}

struct Tag {
  name @0 :Text;
  color @1 :UInt32;
}

struct Property {
  key @0 :Text;
  value @1 :Text;
}

struct Document {
  id @0 :UInt64;
  title @1 :Text;
  body @2 :Text;
  kind @3 :Kind;
  tags @4 :List(Tag);
  positions @5 :List(UInt32);
  properties @6 :List(Property);
  score @7 :Float64;
  pinned @8 :Bool;
}
