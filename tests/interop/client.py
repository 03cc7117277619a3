"""A renderer in Python: one typed call, one untyped call, one emit, over plain gRPC.

usage: client.py SOCKET   (wire_pb2, wire_pb2_grpc and notes_pb2 on PYTHONPATH, made by protoc)
"""

import collections
import json
import queue
import sys

import grpc
import notes_pb2
import wire_pb2
import wire_pb2_grpc


class Renderer:
    """The frames of one Connect call, and the calls that await their replies."""

    def __init__(self, socket: str):
        self._channel = grpc.insecure_channel(f"unix:{socket}")
        self._outgoing: queue.Queue = queue.Queue()
        self._batches = wire_pb2_grpc.PipeStub(self._channel).Connect(
            iter(self._outgoing.get, None), metadata=[("ipc-role", "python")], timeout=30
        )
        self._frames: collections.deque = collections.deque()
        self._last_call = 0
        self.emits: list = []

    def _send(self, **fields) -> None:
        self._outgoing.put(wire_pb2.Batch(frame=[wire_pb2.Frame(**fields)]))

    def invoke(self, channel: str, kind: int, payload: bytes):
        """Calls main's handler and returns its reply; keeps what main sends meanwhile."""
        self._last_call += 1
        call = {"kind": wire_pb2.FRAME_KIND_INVOKE, "call_id": self._last_call}
        self._send(**call, channel=channel, payload_kind=kind, payload=payload)
        while True:
            frame = self.receive()
            if frame.kind == wire_pb2.FRAME_KIND_REPLY and frame.call_id == self._last_call:
                if frame.status != 0:
                    raise RuntimeError(frame.status_message)
                return frame
            self.emits.append(frame)

    def receive(self):
        while True:
            while not self._frames:
                self._frames.extend(next(self._batches).frame)
            frame = self._frames.popleft()
            if frame.kind != wire_pb2.FRAME_KIND_PING:
                return frame
            self._send(kind=wire_pb2.FRAME_KIND_PONG, call_id=frame.call_id)

    def close(self) -> None:
        self._outgoing.put(None)
        list(self._batches)
        self._channel.close()


def main() -> None:
    renderer = Renderer(sys.argv[1])

    typed = notes_pb2.NotesSaveParams(note=notes_pb2.Note(title="from Python"))
    reply = renderer.invoke("notes.Save", wire_pb2.PAYLOAD_KIND_TYPED, typed.SerializeToString())
    saved = notes_pb2.NotesSaveResponse.FromString(reply.payload)
    print("typed:", saved.ok.id, saved.ok.title)

    untyped = renderer.invoke("add", wire_pb2.PAYLOAD_KIND_JSON, json.dumps([40, 2]).encode())
    print("untyped:", json.loads(untyped.payload))

    emit = renderer.emits[0]
    changed = notes_pb2.NotesChangedParams.FromString(emit.payload)
    print("emit:", emit.channel, changed.note.title)
    renderer.close()


main()
