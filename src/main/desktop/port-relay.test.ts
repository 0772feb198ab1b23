import { describe, expect, it } from 'vitest';
import type { ToEngine } from '../engine-channel/index.ts';
import { PortRelay, type WindowPort } from './port-relay.ts';

class FakePort implements WindowPort {
  readonly toWindow: unknown[] = [];
  isClosed = false;
  #onMessage: (event: { data: unknown }) => void = () => {};
  #onClose: () => void = () => {};

  on(event: 'message' | 'close', listener: ((event: { data: unknown }) => void) | (() => void)): void {
    if (event === 'message') this.#onMessage = listener;
    else this.#onClose = listener as () => void;
  }
  postMessage(data: unknown): void {
    this.toWindow.push(data);
  }
  start(): void {}
  close(): void {
    this.isClosed = true;
  }
  fromWindow(data: unknown): void {
    this.#onMessage({ data });
  }
  closedByWindow(): void {
    this.#onClose();
  }
}

function relayWith(options: { isRoomLeft?: () => boolean } = {}) {
  const toEngine: ToEngine[] = [];
  const ports: FakePort[] = [];
  const relay = new PortRelay({
    openPort() {
      const port = new FakePort();
      ports.push(port);
      return port;
    },
    send(message) {
      if (message.type === 'frame' && options.isRoomLeft?.() === false) return false;
      toEngine.push(message);
      return true;
    },
  });
  const portAt = (index: number) => {
    const port = ports[index];
    if (!port) throw new Error(`No port ${index} was opened`);
    return port;
  };
  return { relay, toEngine, ports, portAt };
}

describe('PortRelay', () => {
  it('gives a window its port once the engine serves', () => {
    const { relay, ports, toEngine } = relayWith();
    relay.request(7);
    expect(ports).toHaveLength(0);
    relay.engineReady();
    expect(ports).toHaveLength(1);
    expect(toEngine).toEqual([{ type: 'open-port', port: 1 }]);
  });

  it('passes frames both ways, each to the window it belongs to', () => {
    const { relay, toEngine, portAt } = relayWith();
    relay.engineReady();
    relay.request(7);
    relay.request(8);
    portAt(1).fromWindow('question');
    relay.receive({ type: 'frame', port: 2, data: 'answer' });
    expect(toEngine.at(-1)).toEqual({ type: 'frame', port: 2, data: 'question' });
    expect([portAt(0).toWindow, portAt(1).toWindow]).toEqual([[], ['answer']]);
  });

  it('closes the ports of a dead engine and gives every window a new one after its restart', () => {
    const { relay, ports, portAt } = relayWith();
    relay.engineReady();
    relay.request(7);
    relay.engineGone();
    expect(portAt(0).isClosed).toBe(true);
    relay.receive({ type: 'frame', port: 1, data: 'late' });
    relay.engineReady();
    expect(ports).toHaveLength(2);
    expect(portAt(0).toWindow).toEqual([]);
  });

  it('replaces the port of a window that asks again, as it does after a reload', () => {
    const { relay, portAt, toEngine } = relayWith();
    relay.engineReady();
    relay.request(7);
    relay.request(7);
    expect(portAt(0).isClosed).toBe(true);
    expect(toEngine).toEqual([
      { type: 'open-port', port: 1 },
      { type: 'close-port', port: 1 },
      { type: 'open-port', port: 2 },
    ]);
  });

  it('tells the engine once when a window closes its port', () => {
    const { relay, portAt, toEngine } = relayWith();
    relay.engineReady();
    relay.request(7);
    portAt(0).closedByWindow();
    relay.forget(7);
    expect(toEngine).toEqual([
      { type: 'open-port', port: 1 },
      { type: 'close-port', port: 1 },
    ]);
  });

  it('gives the window a new port when the engine cannot take its frames', () => {
    let isRoomLeft = true;
    const { relay, ports, portAt } = relayWith({ isRoomLeft: () => isRoomLeft });
    relay.engineReady();
    relay.request(7);
    isRoomLeft = false;
    portAt(0).fromWindow('too much');
    expect(ports).toHaveLength(2);
    expect(portAt(0).isClosed).toBe(true);
  });

  it('gives the window a new port when the engine ends the conversation', () => {
    const { relay, ports } = relayWith();
    relay.engineReady();
    relay.request(7);
    relay.receive({ type: 'close-port', port: 1 });
    expect(ports).toHaveLength(2);
  });
});
