import { describe, expect, it } from 'vitest';
import { bytesOf, PacedSender } from './paced-sender.ts';

/** A channel that takes `room` messages and is then full until `drain` is called. */
function channel(room: number) {
  const sent: string[] = [];
  const callbacks: Array<(error: Error | null) => void> = [];
  let left = room;
  return {
    sent,
    send(message: string, done: (error: Error | null) => void) {
      sent.push(message);
      callbacks.push(done);
      left -= 1;
      return left > 0;
    },
    drain(more: number) {
      left = more;
      for (const done of callbacks.splice(0)) done(null);
    },
  };
}

describe('PacedSender', () => {
  it('passes messages on while the channel has room', () => {
    const { send, sent } = channel(10);
    const sender = new PacedSender(send);
    for (const message of ['a', 'b', 'c']) expect(sender.send(message)).toBe(true);
    expect(sent).toEqual(['a', 'b', 'c']);
  });

  it('holds messages back while the channel is full and sends them in order afterwards', () => {
    const { send, sent, drain } = channel(1);
    const sender = new PacedSender(send);
    for (const message of ['a', 'b', 'c', 'd']) sender.send(message);
    expect(sent).toEqual(['a']);
    drain(2);
    expect(sent).toEqual(['a', 'b', 'c']);
    drain(9);
    expect(sent).toEqual(['a', 'b', 'c', 'd']);
  });

  it('refuses what goes beyond the limit and takes more once something was sent', () => {
    const { send, sent, drain } = channel(1);
    const sender = new PacedSender(send, 100);
    sender.send('a', 60);
    expect(sender.send('b', 60)).toBe(true);
    expect(sender.send('c', 60)).toBe(false);
    drain(5);
    expect(sender.send('d', 60)).toBe(true);
    expect(sent).toEqual(['a', 'b', 'd']);
  });

  it('forgets what it held back when told to', () => {
    const { send, sent, drain } = channel(1);
    const sender = new PacedSender(send);
    sender.send('a');
    sender.send('b');
    sender.clear();
    drain(5);
    expect(sent).toEqual(['a']);
  });
});

describe('bytesOf', () => {
  it('weighs texts by their characters and bytes by their length', () => {
    expect([bytesOf('four'), bytesOf(new Uint8Array(7)), bytesOf(new ArrayBuffer(3))]).toEqual([8, 7, 3]);
  });
});
